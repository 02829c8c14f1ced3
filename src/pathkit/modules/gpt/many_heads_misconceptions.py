"""Wrong answers to many heads."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from .many_heads import ManyHeads


def _heads(z: torch.Tensor, n_head: int) -> torch.Tensor:
    return z.view(*z.shape[:2], n_head, -1).transpose(1, 2)


def _joined(out: torch.Tensor) -> torch.Tensor:
    return out.transpose(1, 2).flatten(2)


def _attention(q, k, v, **settings):
    return F.scaled_dot_product_attention(q, k, v, **settings)


_CUT_IN_PIECES = (
    "The reshape to (B, h, T, d) came without exchanging axes. It cuts the sequence into pieces: "
    "each head gets a few places, not a few columns. View as (B, T, h, d), then transpose"
)


@ManyHeads.misconception(f"{_CUT_IN_PIECES}.")
class _ReshapedOnly(ManyHeads.reference):
    def forward(self, x):
        B, T, C = x.shape
        q, k, v = (z.reshape(B, self.n_head, T, -1) for z in self.qkv(x).chunk(3, dim=-1))
        return self.mix(_joined(_attention(q, k, v, is_causal=True)))


@ManyHeads.misconception(f"{_CUT_IN_PIECES}; and back again before the heads are joined.")
class _ReshapedBothWays(ManyHeads.reference):
    def forward(self, x):
        B, T, C = x.shape
        q, k, v = (z.reshape(B, self.n_head, T, -1) for z in self.qkv(x).chunk(3, dim=-1))
        return self.mix(_attention(q, k, v, is_causal=True).reshape(B, T, C))


@ManyHeads.misconception(
    "The axes (B, T, h, d) were never exchanged, so the heads of one place attend to each other, "
    "and no place sees another. Attention runs over the last axis but one: move T there."
)
class _HeadsAmongThemselves(ManyHeads.reference):
    def forward(self, x):
        q, k, v = (_heads(z, self.n_head).transpose(1, 2) for z in self.qkv(x).chunk(3, dim=-1))
        return self.mix(_attention(q, k, v, is_causal=True).reshape(x.shape))


@ManyHeads.misconception(
    "The heads were joined without moving their axis back. Rows then mix different places, and the "
    "future with them: transpose to (B, T, h, d) first, then reshape."
)
class _NotMovedBack(ManyHeads.reference):
    def forward(self, x):
        q, k, v = (_heads(z, self.n_head) for z in self.qkv(x).chunk(3, dim=-1))
        return self.mix(_attention(q, k, v, is_causal=True).reshape(x.shape))


@ManyHeads.misconception(
    "The columns were dealt out like cards: head 0 got 0, h, 2h and so on. Here a head owns "
    "neighbouring columns: view as (B, T, h, d), with h before d."
)
class _Interleaved(ManyHeads.reference):
    def forward(self, x):
        B, T, C = x.shape
        parts = self.qkv(x).chunk(3, dim=-1)
        q, k, v = (z.view(B, T, -1, self.n_head).permute(0, 3, 1, 2) for z in parts)
        out = _attention(q, k, v, is_causal=True)
        return self.mix(out.permute(0, 2, 3, 1).reshape(B, T, C))


@ManyHeads.misconception(
    "The heads see the future: torch's attention hides nothing unless told to. Pass "
    "`is_causal=True`."
)
class _NotCausal(ManyHeads.reference):
    def forward(self, x):
        q, k, v = (_heads(z, self.n_head) for z in self.qkv(x).chunk(3, dim=-1))
        return self.mix(_joined(_attention(q, k, v)))


@ManyHeads.misconception(
    "`mix` is never used. Without it the heads' results lie side by side and never meet: send the "
    "joined columns through the last linear layer."
)
class _NotMixed(ManyHeads.reference):
    def forward(self, x):
        q, k, v = (_heads(z, self.n_head) for z in self.qkv(x).chunk(3, dim=-1))
        return _joined(_attention(q, k, v, is_causal=True))


@ManyHeads.misconception(
    "This is one wide head: the columns were never split. One softmax then has to serve every "
    "question at once; give each group of d columns a softmax of its own."
)
class _OneHead(ManyHeads.reference):
    def forward(self, x):
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        return self.mix(_attention(q, k, v, is_causal=True))


def _by_hand(heads, x, hide, width=None):
    """Heads whose scores `hide` masks, divided by the root of `width`, or of d."""
    q, k, v = (_heads(z, heads.n_head) for z in heads.qkv(x).chunk(3, dim=-1))
    scores = q @ k.transpose(-2, -1) / (width or q.shape[-1]) ** 0.5
    return heads.mix(_joined(hide(scores).softmax(dim=-1) @ v))


class _Hiding(ManyHeads.reference):
    """Heads whose mask and scale can be set; misconceptions change one thing of them."""

    first, low, turned = 1, -torch.inf, False

    def forward(self, x, width=None):
        def hide(scores):
            hidden = torch.ones(scores.shape[-2:]).triu(self.first).bool()
            return scores.masked_fill(~hidden if self.turned else hidden, self.low)

        return _by_hand(self, x, hide, width)


@ManyHeads.misconception(
    "A place can't see its own token, and the first place has nothing left to see. The future "
    "begins one step right of the diagonal: `triu(1)`, not `triu(0)`."
)
class _CannotSeeItself(_Hiding):
    first = 0


@ManyHeads.spelling(_CannotSeeItself)
class _CannotSeeItselfFinite(_Hiding):
    first, low = 0, -1e9


@ManyHeads.misconception(
    "The mask is turned round: the past and the place itself are hidden, and the future is seen. "
    "In `attn_mask`, True means that a place may be seen; in `masked_fill`, that it is filled. "
    "`is_causal=True` needs no mask."
)
class _MaskTurned(_Hiding):
    turned = True


@ManyHeads.spelling(_MaskTurned)
class _MaskTurnedFinite(_Hiding):
    turned, low = True, -1e9


@ManyHeads.spelling(_MaskTurned)
class _MaskTurnedFused(ManyHeads.reference):
    def seen(self, ones):
        return ones.triu(1)

    def forward(self, x):
        q, k, v = (_heads(z, self.n_head) for z in self.qkv(x).chunk(3, dim=-1))
        seen = self.seen(torch.ones(x.shape[1], x.shape[1])).bool()
        return self.mix(_joined(_attention(q, k, v, attn_mask=seen)))


@ManyHeads.spelling(_CannotSeeItself)
class _CannotSeeItselfFused(_MaskTurnedFused):
    def seen(self, ones):
        return ones.tril(-1)


@ManyHeads.misconception(
    "A score of 0 counts as hidden. Scores can be 0 by themselves, as for a row of zeros, and such "
    "a place is then lost, or a row has nothing left to see: nan. Hide by place, with a mask."
)
class _ZeroIsHidden(ManyHeads.reference):
    def forward(self, x):
        def hide(scores):
            past = torch.tril(scores)
            return past.masked_fill(past == 0, -torch.inf)

        return _by_hand(self, x, hide)


@ManyHeads.misconception(
    "The scores are divided by the root of C, the width of all heads together. A score adds up the "
    "d = C / h products of one head: d is what counts."
)
class _ScaledByAll(_Hiding):
    def forward(self, x):
        return super().forward(x, x.shape[-1])


@ManyHeads.misconception(
    "The scores aren't divided by the root of the head size, d = C / h. They grow with it, and the "
    "softmax hardens."
)
class _NotScaled(_Hiding):
    def forward(self, x):
        return super().forward(x, 1)
