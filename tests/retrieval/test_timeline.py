"""Timelines: one entry for a story, dated as most of its articles date it."""

from __future__ import annotations

from dataclasses import replace

from corpus.analysis import analyse
from corpus.article import Article, RawArticle
from corpus.conditions import Period
from retrieval.timeline import happenings


def _article(name: str, text: str, *, story: str | None = None, outlet: str = "VNA") -> Article:
    raw = RawArticle(name, text, id=name, title=name, outlet=outlet)
    return replace(analyse(raw, name), story=story)


MEETING = "The foreign ministers of Chile and Peru met in Lima on {day}, to discuss fishing rights."


def test_a_story_stands_once_and_in_order() -> None:
    """Dated as two of its three articles have it, told by the first of these."""
    found, undated = happenings(
        [
            _article("a", MEETING.format(day="14 June 2021"), story="s"),
            _article("b", MEETING.format(day="15 June 2021"), story="s", outlet="AFP"),
            _article("c", MEETING.format(day="15 June 2021"), story="s", outlet="Reuters"),
            _article("d", MEETING.format(day="2 March 2021"), story="t"),
        ]
    )
    assert [(each.event.start, each.article.id) for each in found] == [
        ("2021-03-02", "d"),
        ("2021-06-15", "b"),
    ]
    assert set(found[1].outlets) == {"VNA", "AFP", "Reuters"}
    assert undated == 0


def test_only_events_of_the_period_are_there() -> None:
    """An article may speak of that period in passing; its event is what counts."""
    articles = [
        _article("a", MEETING.format(day="14 June 2021")),
        _article("b", MEETING.format(day="2 March 2020")),
    ]
    found, _ = happenings(articles, Period("2020-01-01", "2020-12-31"))
    assert [each.article.id for each in found] == ["b"]
    found, _ = happenings(articles, Period("2021-01-01", None))
    assert [each.article.id for each in found] == ["a"]


def test_articles_without_a_dated_event_are_counted() -> None:
    found, undated = happenings([_article("a", "Fishing rights were discussed again in Lima.")])
    assert not found
    assert undated == 1
