//! "Your year": how many notes were made on each day of the last 53 weeks, in which colours and on
//! which articles, as a picture or as tables.

use yew::prelude::*;

use super::everything::Everything;
use crate::browser::dates::{dated, month_of, said_day};
use crate::browser::system::{day_of, now};
use crate::model::query::Surroundings;
use crate::model::year::{Made, WEEK, WEEKS, Year, step_of};
use crate::ui::lazy::notes::Here;
use crate::ui::{say, strings};

/// Side of a day in the calendar with the gap after it, in units of the picture.
const DAY: usize = 12;
/// The same without the gap.
const SIDE: usize = 10;
/// Height of the names of months.
const MONTHS: usize = 14;
/// Fewest weeks between the names of two months, so that they do not overlap.
const APART: usize = 3;

/// Counts the notes of the last weeks.
pub fn count(everything: &Everything) -> Year {
    let today = day_of(&now().0).unwrap_or_default();
    let entries = everything.all.entries().iter();
    let made = entries.filter_map(|entry| {
        Some(Made {
            day: entry.day()?,
            colour: entry.note().colour,
            article: entry.article,
        })
    });
    Year::of(today, made)
}

/// Says in a sentence what the picture shows.
pub fn summary(year: &Year) -> String {
    say!(year.summary)(year.notes, year.days_with_notes(), year.articles)
}

/// Draws the year.
pub fn draw(everything: &Everything, year: &Year, as_table: bool) -> Html {
    let words = strings().year;
    let here = Here::now();
    let colours = year.colours.iter().map(|(colour, notes)| Line {
        name: here.colour_name(*colour).unwrap_or_default(),
        colour: Some(colour.name()),
        notes: *notes,
    });
    let articles = year.top_articles.iter().map(|(index, notes)| Line {
        name: everything.all.articles()[*index].1.clone(),
        colour: None,
        notes: *notes,
    });
    let (colours, articles): (Vec<Line>, Vec<Line>) = (colours.collect(), articles.collect());
    let more = year.articles - year.top_articles.len();
    html! {
        <div class="scroller year">
            if as_table {
                { weeks(year) }
                { table(words.by_colour, words.colour, &colours) }
                { table(words.by_article, words.article, &articles) }
            } else {
                { calendar(year) }
                { bars(words.by_colour, &colours) }
                { bars(words.by_article, &articles) }
            }
            if more > 0 {
                <p class="hint">{ (words.more_articles)(more) }</p>
            }
        </div>
    }
}

/// Draws a square for each day, a column for each week.
fn calendar(year: &Year) -> Html {
    let words = strings().year;
    let steps = year.steps();
    let width = WEEKS * DAY;
    let height = MONTHS + WEEK * DAY;
    let week = |(column, (monday, days)): (usize, (i32, [Option<usize>; WEEK]))| {
        let days = days.into_iter().enumerate();
        days.filter_map(|(row, count)| {
            let day = monday + row as i32;
            let (x, y) = (column * DAY, MONTHS + row * DAY);
            Some(square((x, y), step_of(&steps, count?), count?, day))
        })
        .collect::<Html>()
    };
    html! {
        <>
            <h3>{ words.by_day }</h3>
            <div class="broad" role="group" tabindex="0" aria-label={words.by_day}>
                <svg class="calendar" viewBox={format!("0 0 {width} {height}")} role="img" aria-label={summary(year)}>
                    { months(year) }
                    { for year.weeks().enumerate().map(week) }
                </svg>
            </div>
            { legend(&steps) }
        </>
    }
}

/// Draws a day. What it says is for a pointer: the tables say it to everybody.
fn square((x, y): (usize, usize), step: usize, count: usize, day: i32) -> Html {
    let said = (count > 0).then(|| say!(year.on_day)(count, &said_day(day)));
    html! {
        <rect x={x.to_string()} y={y.to_string()} width={SIDE.to_string()} height={SIDE.to_string()} rx="2"
            class={format!("step-{step}")}>
            { for said.map(|said| html! { <title>{ said }</title> }) }
        </rect>
    }
}

/// The names of the months above the weeks in which they begin.
fn months(year: &Year) -> Html {
    let (mut last, mut named) = (String::new(), None::<usize>);
    let mut shown = Vec::new();
    for (column, (monday, _)) in year.weeks().enumerate() {
        let month = month_of(monday);
        let has_room = named.is_none_or(|before| column >= before + APART);
        if month != last && has_room && column + APART <= WEEKS {
            let x = (column * DAY).to_string();
            shown.push(html! { <text {x} y={SIDE.to_string()}>{ month.clone() }</text> });
            named = Some(column);
        }
        last = month;
    }
    shown.into_iter().collect()
}

/// Says which step stands for how many notes.
fn legend(steps: &[(usize, usize)]) -> Html {
    let words = strings().year;
    let step = |(index, (from, to)): (usize, &(usize, usize))| {
        let numbers = match from == to {
            true => from.to_string(),
            false => format!("{from}–{to}"),
        };
        html! { <li>{ sample(index + 1) }{ numbers }</li> }
    };
    html! {
        <div class="legend">
            <span>{ words.notes_a_day }</span>
            <ul role="list" aria-label={words.notes_a_day}>
                <li>{ sample(0) }{ "0" }</li>
                { for steps.iter().enumerate().map(step) }
            </ul>
        </div>
    }
}

fn sample(step: usize) -> Html {
    html! {
        <svg class="sample" viewBox="0 0 10 10" aria-hidden="true">
            <rect width="10" height="10" rx="2" class={format!("step-{step}")} />
        </svg>
    }
}

/// A bar, or a row of a table.
struct Line {
    name: String,
    colour: Option<&'static str>,
    notes: usize,
}

/// Draws a bar for each line, with its number beside it.
fn bars(label: &'static str, lines: &[Line]) -> Html {
    let most = lines.iter().map(|line| line.notes).max().unwrap_or(1);
    if lines.is_empty() {
        return Html::default();
    }
    let bar = |line: &Line| {
        // In whole hundredths, of which even a single note has one.
        let width = (line.notes * 100 / most).max(1);
        html! {
            <li data-colour={line.colour}>
                <span class="name" dir="auto">{ line.name.clone() }</span>
                <svg class="portion" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect width={width.to_string()} height="8" />
                </svg>
                <span class="count">{ say!(notes.count)(line.notes) }</span>
            </li>
        }
    };
    html! {
        <>
            <h3>{ label }</h3>
            <ul role="list" class="bars" aria-label={label}>{ for lines.iter().map(bar) }</ul>
        </>
    }
}

/// The same as a table.
fn table(caption: &'static str, head: &'static str, lines: &[Line]) -> Html {
    if lines.is_empty() {
        return Html::default();
    }
    let row = |line: &Line| {
        html! { <tr><th scope="row" dir="auto">{ line.name.clone() }</th><td>{ line.notes }</td></tr> }
    };
    html! {
        <table>
            <caption>{ caption }</caption>
            <thead><tr><th scope="col">{ head }</th><th scope="col">{ say!(year.notes) }</th></tr></thead>
            <tbody>{ for lines.iter().map(row) }</tbody>
        </table>
    }
}

/// The calendar as a table: a row for each week, the latest first.
fn weeks(year: &Year) -> Html {
    let words = strings().year;
    let mut weeks: Vec<(i32, [Option<usize>; WEEK])> = year.weeks().collect();
    weeks.reverse();
    let row = |(monday, days): &(i32, [Option<usize>; WEEK])| {
        let all: usize = days.iter().flatten().sum();
        html! {
            <tr>
                <th scope="row">{ dated(*monday) }</th>
                { for days.iter().map(|count| html! { <td>{ *count }</td> }) }
                <td>{ all }</td>
            </tr>
        }
    };
    let day = |name: &&'static str| html! { <th scope="col">{ *name }</th> };
    html! {
        <div class="broad table" role="group" tabindex="0" aria-label={words.by_day}>
            <table>
                <caption>{ words.by_day }</caption>
                <thead>
                    <tr><th scope="col">{ words.week_of }</th>{ for words.weekdays.iter().map(day) }<th scope="col">{ words.total }</th></tr>
                </thead>
                <tbody>{ for weeks.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
