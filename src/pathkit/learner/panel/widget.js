// Shows what Python has rendered, and changes no more of it than changed: focus, selection and
// the place of a reader stay, and a live region is read out because its text changes in place.
function morph(shown, wanted) {
  const before = [...shown.childNodes];
  [...wanted.childNodes].forEach((node, i) => {
    const old = before[i];
    if (!old) shown.append(node);
    else if (old.nodeName !== node.nodeName) old.replaceWith(node);
    else if (old.nodeType === Node.TEXT_NODE) {
      if (old.data !== node.data) old.data = node.data;
    } else {
      for (const { name } of [...old.attributes]) {
        if (!node.hasAttribute(name)) old.removeAttribute(name);
      }
      for (const { name, value } of node.attributes) {
        if (old.getAttribute(name) !== value) old.setAttribute(name, value);
      }
      morph(old, node);
    }
  });
  before.slice(wanted.childNodes.length).forEach((node) => node.remove());
}

// JupyterLab opens links of its own outputs as tabs; a widget asks it to do the same. Elsewhere
// the link does what links do.
async function follow(event, lab) {
  const link = event.target.closest?.("a[href]");
  if (!link || !lab?.linkHandler || !lab.resolver) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const [file, cell] = link.getAttribute("href").split("#");
  const here = link.hasAttribute("data-pk-here") && lab.resolver.path;
  const path = here || decodeURIComponent(await lab.resolver.resolveUrl(file));
  const door = document.createElement("a");
  lab.linkHandler.handleLink(door, path, cell ? `#${cell}` : "");
  door.click();
  if (here && cell) bringFocus(link.closest(".jp-Notebook"), link.textContent);
}

// JupyterLab scrolls to the cell and leaves the keyboard behind. Cells are shown without their
// ids, so the cell is known by its heading; it may take a moment to appear.
async function bringFocus(notebook, title) {
  for (let tries = 0; notebook && tries < 20; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const headings = [...notebook.querySelectorAll(".jp-MarkdownCell h3")];
    const cell = headings.find((h) => h.textContent.includes(title))?.closest(".jp-Cell");
    if (cell) return cell.focus({ preventScroll: true });
  }
}

function render({ model, el }) {
  const lab = model.widget_manager?.rendermime;
  const show = () => {
    const wanted = document.createElement("template");
    wanted.innerHTML = model.get("html");
    morph(el, wanted.content);
  };
  const open = (event) => follow(event, lab);
  model.on("change:html", show);
  el.addEventListener("click", open);
  show();
  return () => {
    model.off("change:html", show);
    el.removeEventListener("click", open);
  };
}

export default { render };
