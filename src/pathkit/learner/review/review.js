// One card at a time: Space shows the answer, 1 to 4 rate it. Python says what to show and logs
// the ratings; that the answer is shown is known here alone.
function element(tag, className, text = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

function write(node, parts) {
  node.replaceChildren(...parts.map(([kind, text]) =>
    kind === "code" ? element("code", "", text)
      : kind === "formula" ? element("span", "pk-formula", text)
        : document.createTextNode(text)));
}

function render({ model, el }) {
  const root = element("section", "pk-review");
  root.setAttribute("aria-label", "Recall cards");
  root.tabIndex = -1;
  // JupyterLab leaves keys alone that are meant for this.
  root.dataset.lmSuppressShortcuts = "true";

  const place = element("p", "pk-place");
  const ask = element("p", "pk-ask");
  const answer = element("p", "pk-answer");
  // What appears here is read out: the question at first and after a rating, then the answer.
  const live = element("div", "");
  live.setAttribute("aria-live", "polite");
  live.append(place, ask, answer);
  const keys = element("div", "pk-keys");
  keys.setAttribute("role", "group");
  const note = element("p", "pk-note");
  note.setAttribute("role", "status");
  root.append(live, keys, note);
  el.append(root);

  let shown = false;
  let late = 0; // a timer while a rating is on its way

  function button(text, hint, action) {
    const node = element("button", "", text);
    node.type = "button";
    node.append(" ", element("small", "", hint));
    node.addEventListener("click", action);
    return node;
  }

  // Moves the focus only where it was in here: a cell that runs must not steal it.
  function replaceKeys(label, nodes, focused) {
    const inside = root.contains(root.ownerDocument.activeElement);
    keys.setAttribute("aria-label", label);
    keys.replaceChildren(...nodes);
    if (inside) (focused ?? root).focus();
  }

  function draw() {
    const view = model.get("view");
    shown = false;
    clearTimeout(late);
    late = 0;
    note.textContent = view.note;
    write(answer, []);
    if (view.card) {
      place.textContent = `${view.place} · ${view.module}`;
      write(ask, view.ask);
      const first = button("Show answer", "Space", show);
      replaceKeys("Answer", [first], first);
    } else {
      place.textContent = view.done;
      write(ask, []);
      replaceKeys("", []);
    }
  }

  function show() {
    const view = model.get("view");
    shown = true;
    write(answer, view.answer);
    // The focus stays off the ratings: a second Space must not rate what nobody has read.
    replaceKeys("How well did you know it?", view.choices.map(([word, wait], i) =>
      button(`${i + 1} ${word}`, wait, () => rate(i + 1))));
  }

  function rate(rating) {
    if (late) return;
    for (const node of keys.children) node.disabled = true;
    root.focus();
    late = setTimeout(() => {
      note.textContent = "The kernel is busy, or gone: this rating is saved when it answers.";
    }, 3000);
    model.send({ card: model.get("view").card, rating });
  }

  function typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !model.get("view").card) return;
    const rating = event.key.length === 1 ? "1234".indexOf(event.key) + 1 : 0;
    if (!shown && event.key === " ") show();
    else if (shown && rating) rate(rating);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  root.addEventListener("keydown", typed);
  model.on("change:view", draw);
  draw();
  return () => {
    clearTimeout(late);
    model.off("change:view", draw);
  };
}

export default { render };
