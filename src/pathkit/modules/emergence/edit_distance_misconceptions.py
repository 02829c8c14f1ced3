"""Wrong answers to `edit_distance`."""

from __future__ import annotations

from collections import Counter

from .edit_distance import edit_distance


def _levenshtein(wanted, written, replace=1, swap=False, first=(1, 1), insert=1, agree=0):
    """The table of distances with other prices.

    first: of each letter at the start, in the first row and the first column; agree: of two
    letters that agree.
    """
    table = [[j * first[0] for j in range(len(written) + 1)]]
    for i, a in enumerate(wanted, 1):
        table.append([i * first[1]])
        for j, b in enumerate(written, 1):
            best = min(table[i - 1][j] + 1, table[i][j - 1] + insert,
                       table[i - 1][j - 1] + (replace if a != b else agree))
            if swap and i > 1 and j > 1 and (a, b) == (written[j - 2], wanted[i - 2]):
                best = min(best, table[i - 2][j - 2] + 1)
            table[i].append(best)
    return table[-1][-1]


@edit_distance.misconception(
    "You compared place by place. A letter left out at the start shifts all that follow, and then "
    "every place looks wrong; one edit would mend it. Let letters be put in and taken out."
)
def _place_by_place(wanted, written):
    return sum(a != b for a, b in zip(wanted, written, strict=False))


@edit_distance.spelling(_place_by_place)
def _place_by_place_and_the_rest(wanted, written):
    different = sum(a != b for a, b in zip(wanted, written, strict=False))
    return different + abs(len(wanted) - len(written))


@edit_distance.misconception(
    "Replacing a letter costs two here, one to take it out and one to put another in. It is one "
    "edit: add 1 to the entry above to the left where the letters differ."
)
def _replacing_costs_two(wanted, written):
    return _levenshtein(wanted, written, replace=2)


@edit_distance.misconception(
    "This is the difference of the lengths. Words of one length can differ in every letter, so "
    "look at the letters: the least of three entries, row by row."
)
def _lengths(wanted, written):
    return abs(len(wanted) - len(written))


@edit_distance.misconception(
    "Two neighbours that changed places cost one edit here. Exchanging isn't among the three "
    "edits: with replacing alone it takes two."
)
def _swap_is_one(wanted, written):
    return _levenshtein(wanted, written, swap=True)


@edit_distance.misconception(
    "Letters at the start were left out for nothing. The first row is 0, 1, 2, …, and each new row "
    "begins with one more than the last: from j letters to none it takes j edits."
)
def _free_start(wanted, written):
    return _levenshtein(wanted, written, first=(0, 1))


@edit_distance.spelling(_free_start)
def _free_start_of_wanted(wanted, written):
    return _levenshtein(wanted, written, first=(1, 0))


@edit_distance.misconception(
    "Two letters that agree cost an edit here. Where they agree there is nothing to do: add "
    "`(a != b)` to the entry above to the left, which is 0 then."
)
def _equal_letters_cost(wanted, written):
    return _levenshtein(wanted, written, agree=1)


@edit_distance.spelling(_equal_letters_cost)
def _equal_for_different(wanted, written):
    return _levenshtein(wanted, written, replace=0, agree=1)


@edit_distance.misconception(
    "You counted which letters the words hold and not where they stand. Two words of the same "
    "letters in another order would be equal: build the table, letter by letter."
)
def _bags_of_letters(wanted, written):
    missing = Counter(wanted) - Counter(written)
    extra = Counter(written) - Counter(wanted)
    return max(missing.total(), extra.total())


@edit_distance.spelling(_bags_of_letters)
def _bags_both_ways(wanted, written):
    missing = Counter(wanted) - Counter(written)
    return missing.total() + (Counter(written) - Counter(wanted)).total()


@edit_distance.misconception(
    "You compared sets, which forget both the order of letters and how often each comes. Build the "
    "table, letter by letter."
)
def _sets_of_letters(wanted, written):
    return len(set(wanted) ^ set(written))


@edit_distance.misconception(
    "Only replacing and taking one of the two out is tried: one of the three ways is missing. A "
    "letter may be put in as well as taken out, so take the least of three entries."
)
def _never_from_the_left(wanted, written):
    return _levenshtein(wanted, written, insert=10**6)


@edit_distance.misconception(
    "The words agree up to some place, and everything behind it was counted. After a mistake the "
    "words may agree again: an edit costs 1 and the comparison goes on."
)
def _all_after_the_first(wanted, written):
    same = 0
    while same < min(len(wanted), len(written)) and wanted[same] == written[same]:
        same += 1
    return max(len(wanted), len(written)) - same


@edit_distance.misconception(
    "Each edit was chosen at once, by how many letters the two words have left. An edit that fits "
    "the lengths may spoil what could agree later: follow all three, and keep the least."
)
def _first_edit_kept(wanted, written):
    edits = i = j = 0
    while i < len(wanted) and j < len(written):
        left = len(wanted) - i - (len(written) - j)
        same = wanted[i] == written[j]
        edits += not same
        i, j = i + (same or left >= 0), j + (same or left <= 0)
    return edits + len(wanted) - i + len(written) - j


@edit_distance.misconception(
    "What agrees at the start and at the end was taken off, and everything between counts as an "
    "edit. Letters in the middle may agree as well: compare them with the table, row by row."
)
def _all_in_the_middle(wanted, written):
    while wanted and written and wanted[0] == written[0]:
        wanted, written = wanted[1:], written[1:]
    while wanted and written and wanted[-1] == written[-1]:
        wanted, written = wanted[:-1], written[:-1]
    return max(len(wanted), len(written))


@edit_distance.misconception(
    "The edits were divided by a length, which makes a rate of them. Asked for is their number, "
    "which is a whole one: leave the division out."
)
def _rate(wanted, written):
    return _levenshtein(wanted, written) / max(len(wanted), len(written), 1)


@edit_distance.spelling(_rate)
def _rate_of_wanted(wanted, written):
    return _levenshtein(wanted, written) / max(len(wanted), 1)
