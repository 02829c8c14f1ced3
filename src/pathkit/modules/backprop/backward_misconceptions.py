"""More wrong ways to join the pieces, each with one thing changed."""

from __future__ import annotations

from .backward import backward, one_changed


@backward.misconception(
    "gamma was multiplied in too early: the gradients of gamma and beta hold it, too. Keep `d`, "
    "what comes out of tanh, for these two; only zhat gets `d * gamma`."
)
def _scaled_too_early(P, X, Y, cache, back):
    return one_changed(
        P, X, Y, cache, back, d=lambda dh: back.tanh(cache["h"], dh) * P["gamma"],
        to_zhat=lambda d: d,
    )


@backward.misconception(
    "`back.tanh` got its two arguments in the wrong order. First the output of tanh, `h`, then "
    "the gradient with respect to it."
)
def _tanh_turned_round(P, X, Y, cache, back):
    return one_changed(P, X, Y, cache, back, d=lambda dh: back.tanh(dh, cache["h"]))


@backward.misconception(
    "`back.norm` got its two arguments in the wrong order. First `z`, then the gradient with "
    "respect to zhat."
)
def _norm_turned_round(P, X, Y, cache, back):
    return one_changed(P, X, Y, cache, back, norm=lambda dzhat: back.norm(dzhat, cache["z"]))


@backward.misconception(
    "The gradient of `gamma` was multiplied by h, the output of tanh. What gamma multiplied on "
    "the way forward is zhat: `(d * zhat).sum(axis=0)`."
)
def _gamma_times_h(P, X, Y, cache, back):
    def gamma(d):
        return (d * cache["h"]).sum(axis=0), d.sum(axis=0)

    return one_changed(P, X, Y, cache, back, gamma=gamma)


@backward.misconception(
    "`back.tanh` was given z, from before the normalisation. It wants the output of tanh: `h` "
    "from the cache."
)
def _tanh_of_z(P, X, Y, cache, back):
    return one_changed(P, X, Y, cache, back, d=lambda dh: back.tanh(cache["z"], dh))


@backward.misconception(
    "`back.tanh` was given zhat, from before tanh. It wants the output of tanh: `h` from the "
    "cache."
)
def _tanh_of_zhat(P, X, Y, cache, back):
    return one_changed(P, X, Y, cache, back, d=lambda dh: back.tanh(cache["zhat"], dh))


@backward.misconception(
    "gamma and beta have a row for each example. Each of them served all n rows, so the n "
    "contributions are added up: sum over axis 0."
)
def _not_summed(P, X, Y, cache, back):
    return one_changed(P, X, Y, cache, back, gamma=lambda d: (d * cache["zhat"], d))


@backward.misconception(
    "beta got the third result of the lower `back.linear`, the gradient of a bias that this "
    "network doesn't have. beta was added behind gamma · zhat: its gradient is the sum of `d`."
)
def _beta_of_linear(P, X, Y, cache, back):
    def gamma(d):
        dz = back.norm(cache["z"], d * P["gamma"])
        return (d * cache["zhat"]).sum(axis=0), dz.sum(axis=0)

    return one_changed(P, X, Y, cache, back, gamma=gamma)


@backward.misconception(
    "Examples and places are mixed: a reshape to (T, n, E) puts numbers of one example into "
    "another's. Forward it was (n, T, E) to (n, T·E); go back the same way."
)
def _mixed_examples(P, X, Y, cache, back):
    def demb(flat):
        n, T = X.shape
        return flat.reshape(T, n, -1).transpose(1, 0, 2)

    return one_changed(P, X, Y, cache, back, demb=demb)


@backward.misconception(
    "The gradients came one after the other, without names. The training below looks for them by "
    "name: a dict with the keys of P."
)
def _without_names(P, X, Y, cache, back):
    return tuple(one_changed(P, X, Y, cache, back).values())


@backward.misconception(
    "The gradient of `gamma` was multiplied by z, before normalising. What gamma multiplied on the "
    "way forward is zhat: `(d * zhat).sum(axis=0)`."
)
def _gamma_times_z(P, X, Y, cache, back):
    def gamma(d):
        return (d * cache["z"]).sum(axis=0), d.sum(axis=0)

    return one_changed(P, X, Y, cache, back, gamma=gamma)
