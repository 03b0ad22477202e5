from hypothesis import given
from hypothesis import strategies as st

from scoring.scorecard import HELPING_MOVES, HURTING_MOVES, MOVES
from simulator.reactions import DIRE, QUANTITIES, Feelings, react, stance_after, table
from simulator.scenario import Temperament
from tests.simulator.made import reading, scorecard

CALM = Temperament()
levels = st.one_of(st.none(), st.integers(0, 4))
move_lists = st.lists(st.sampled_from(MOVES), max_size=8)


def feelings(trust: float = 45) -> Feelings:
    return Feelings(trust, trust, 50)


def test_every_move_has_its_amounts_and_its_reason() -> None:
    assert set(table()["moves"]) == set(MOVES)
    for name, rule in table()["moves"].items():
        assert rule["because"]
        for what in QUANTITIES:
            amount = rule.get(what, 0)
            assert amount >= 0 if name in HELPING_MOVES else amount <= 0, f"{name} moves {what} the wrong way"


@given(move_lists, levels, levels, levels, st.floats(0, 100), st.sampled_from(HURTING_MOVES))
def test_adding_a_dismissal_never_raises_trust(
    moves: list[str], v: int | None, r: int | None, s: int | None, trust: float, hurt: str
) -> None:
    card = scorecard(v, r, s)
    kind, unkind = feelings(trust), feelings(trust)
    react(kind, reading("A reply.", *moves), card, CALM)
    react(unkind, reading("A reply.", *moves, hurt), card, CALM)
    assert unkind.trust <= kind.trust + 1e-9


@given(st.lists(st.tuples(move_lists, levels, levels, levels), max_size=12), st.integers(5, 90))
def test_the_state_stays_in_range_and_the_steps_add_up(
    visit: list[tuple[list[str], int | None, int | None, int | None]], trust: int
) -> None:
    mood = feelings(trust)
    for moves, v, r, s in visit:
        before = {what: mood.shown(what) for what in QUANTITIES}
        changes = react(mood, reading("A reply.", *moves), scorecard(v, r, s), CALM, ["passed_over"])
        for what in QUANTITIES:
            assert 0 <= mood.shown(what) <= 100
            assert before[what] + sum(c.by for c in changes if c.what == what) == mood.shown(what)
        assert all(c.because for c in changes)


def test_trust_is_lost_faster_than_it_is_won() -> None:
    up, down = feelings(), feelings()
    react(up, reading("…", "acknowledges", "simple_reflection"), scorecard(3, 3), CALM)
    react(down, reading("…", "minimises", "orders"), scorecard(0, 0, 0), CALM)
    assert 45 - down.trust > up.trust - 45


def test_the_same_move_again_counts_less() -> None:
    mood = feelings(40)
    gains = []
    for _ in range(3):
        before = mood.trust
        react(mood, reading("…", "legitimises"), scorecard(3, 3), CALM)
        gains.append(mood.trust - before)
    assert gains[0] > gains[1] > gains[2] > 0


def test_an_apology_that_owns_the_miss_wins_part_of_it_back_and_not_all() -> None:
    mood = feelings(45)
    react(mood, reading("…", "minimises", "argues"), scorecard(0, 0), CALM)
    hurt = mood.trust
    react(mood, reading("…", "apologises"), scorecard(2, 1), CALM)
    assert hurt < mood.trust < 45


def test_an_apology_with_nothing_to_be_sorry_for_wins_almost_nothing() -> None:
    mood = feelings(45)
    react(mood, reading("…", "apologises"), scorecard(2, 1), CALM)
    assert mood.trust - 45 < 2


def test_the_right_words_with_nothing_of_the_patient_in_them_win_nothing() -> None:
    mood = feelings(45)
    react(mood, reading("…", "legitimises", "complex_reflection", "supports_autonomy"), scorecard(0, 0, 0), CALM)
    assert mood.trust <= 45


def test_temperament_decides_what_costs_most() -> None:
    wary, calm = feelings(50), feelings(50)
    react(wary, reading("…", "orders"), scorecard(1, 1, 0), Temperament(wary_of="being managed"))
    react(calm, reading("…", "orders"), scorecard(1, 1, 0), CALM)
    assert wary.trust < calm.trust


def test_the_stance_does_not_flicker() -> None:
    bound, margin = table()["stances"]["warming"], table()["stances"]["margin"]
    assert stance_after("guarded", bound) == "warming"
    assert stance_after("warming", bound - margin + 1) == "warming"
    assert stance_after("warming", bound - margin - 1) == "guarded"
    assert stance_after("closed", 95) == "guarded", "nobody goes from closed to open in one reply"


def test_dire_hurts_are_hurts() -> None:
    assert set(DIRE) <= set(HURTING_MOVES)
