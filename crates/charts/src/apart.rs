//! Where the words of points stand that lie close together: no words on other words, on any width of the screen.
//! Across, a point is at per cent of the width, and its words are so many px from it. Pure.

/// Drawings are so many px wide, from the smallest phone to the widest page.
const WIDTHS: (f64, f64) = (250.0, 1200.0);
/// Half of what one letter needs, and half of a line of words, in px.
const LETTER: f64 = 5.2;
const HIGH: f64 = 9.5;
/// Half of the largest mark.
const MARK: f64 = 7.5;
/// From a point to the middle of its words: the nearest place that is free.
const RINGS: [f64; 6] = [18.0, 34.0, 50.0, 68.0, 86.0, 104.0];
const WAYS: [(f64, f64); 12] = [
    (0.0, -1.0),
    (0.0, 1.0),
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.75, -0.75),
    (-0.75, -0.75),
    (0.75, 0.75),
    (-0.75, 0.75),
    (0.95, -0.4),
    (-0.95, -0.4),
    (0.95, 0.4),
    (-0.95, 0.4),
];

/// A point that has words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    /// Per cent of the width.
    pub x: f64,
    /// Px from the top.
    pub y: f64,
    pub letters: usize,
    /// Has the first choice of places.
    pub first: bool,
}

/// The middle of the words, in px from their point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moved {
    pub x: f64,
    pub y: f64,
    /// So far away that a line has to lead there.
    pub far: bool,
}

/// What nothing else may cover: per cent across, px from there, px down, and half its size.
#[derive(Clone, Copy, Debug)]
struct Taken {
    x: f64,
    moved: f64,
    y: f64,
    half: (f64, f64),
}

/// Places of the words of each point, between top and bottom; none where no place is free.
pub(crate) fn apart(spots: &[Spot], top: f64, bottom: f64) -> Vec<Option<Moved>> {
    let marks = spots.iter().map(|spot| Taken { x: spot.x, moved: 0.0, y: spot.y, half: (MARK, MARK) });
    let mut taken: Vec<Taken> = marks.collect();
    let mut order: Vec<usize> = (0..spots.len()).collect();
    order.sort_by_key(|index| !spots[*index].first);
    let mut places = vec![None; spots.len()];
    for index in order {
        let spot = &spots[index];
        let half = (spot.letters as f64 * LETTER + 1.0, HIGH);
        let free = |moved: &Moved| {
            let here = Taken { x: spot.x, moved: moved.x, y: spot.y + moved.y, half };
            let inside = here.y - HIGH >= top
                && here.y + HIGH <= bottom
                && [WIDTHS.0, WIDTHS.1].iter().all(|width| {
                    let middle = spot.x / 100.0 * width + moved.x;
                    // The numbers of the axis stand at the left.
                    middle - half.0 >= width * 0.06 && middle + half.0 <= width + MARK
                });
            inside && taken.iter().all(|other| !covers(&here, other))
        };
        // Neither words nor another point, or it would seem to be the line of that one.
        let others =
            || taken.iter().enumerate().filter(|(number, _)| *number != index).map(|(_, other)| other);
        let crosses_none = |moved: &Moved| {
            leader(spot, moved).iter().all(|piece| others().all(|other| !covers(piece, other)))
        };
        let places_free = || ways().filter(|moved| free(moved));
        if let Some(moved) = places_free().find(crosses_none).or_else(|| places_free().next()) {
            let here = Taken { x: spot.x, moved: moved.x, y: spot.y + moved.y, half };
            taken.push(here);
            places[index] = Some(moved);
        }
    }
    places
}

/// Every place that words may have, the nearest first.
fn ways() -> impl Iterator<Item = Moved> {
    RINGS.iter().enumerate().flat_map(|(ring, far)| {
        WAYS.iter().map(move |(x, y)| Moved { x: x * far, y: y * far, far: ring > 0 })
    })
}

/// Pieces of the line to words that are far away.
fn leader(spot: &Spot, to: &Moved) -> Vec<Taken> {
    let parts = if to.far { &[0.4, 0.5, 0.6, 0.7, 0.8][..] } else { &[] };
    let piece =
        |part: &f64| Taken { x: spot.x, moved: to.x * part, y: spot.y + to.y * part, half: (0.5, 0.5) };
    parts.iter().map(piece).collect()
}

/// On some width both would stand on the same place.
fn covers(one: &Taken, other: &Taken) -> bool {
    if (one.y - other.y).abs() >= one.half.1 + other.half.1 {
        return false;
    }
    let between = |width: f64| (other.x - one.x) / 100.0 * width + other.moved - one.moved;
    let (narrow, wide) = (between(WIDTHS.0), between(WIDTHS.1));
    let nearest = if narrow.signum() == wide.signum() { narrow.abs().min(wide.abs()) } else { 0.0 };
    nearest < one.half.0 + other.half.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(x: f64, y: f64) -> Spot {
        Spot { x, y, letters: 2, first: false }
    }

    /// Pairs of words of which one lies on the other, at one width.
    fn clashes(spots: &[Spot], places: &[Option<Moved>], width: f64) -> usize {
        let words: Vec<(f64, f64)> = spots
            .iter()
            .zip(places)
            .filter_map(|(spot, place)| {
                place.map(|place| (spot.x / 100.0 * width + place.x, spot.y + place.y))
            })
            .collect();
        let pairs = words
            .iter()
            .enumerate()
            .flat_map(|(index, one)| words[index + 1..].iter().map(move |other| (one, other)));
        pairs.filter(|(one, other)| (one.0 - other.0).abs() < 20.0 && (one.1 - other.1).abs() < 18.0).count()
    }

    #[test]
    fn a_point_alone_has_its_words_above_it() {
        let places = apart(&[spot(50.0, 100.0)], 0.0, 270.0);
        assert_eq!(places, [Some(Moved { x: 0.0, y: -18.0, far: false })]);
        let places = apart(&[spot(50.0, 10.0)], 0.0, 270.0);
        assert!(places[0].is_some_and(|place| place.y > 0.0), "no room above");
        assert!(apart(&[], 0.0, 270.0).is_empty());
    }

    #[test]
    fn words_of_points_alike_stand_apart_on_every_width() {
        let same = vec![spot(60.0, 120.0); 8];
        let near: Vec<Spot> =
            (0..12).map(|index| spot(40.0 + f64::from(index), 150.0 + f64::from(index % 3))).collect();
        let crossing = vec![spot(30.0, 90.0), spot(33.0, 90.0), spot(36.0, 92.0), spot(31.0, 88.0)];
        for spots in [same, near, crossing] {
            let places = apart(&spots, 0.0, 270.0);
            assert!(places.iter().all(Option::is_some), "each has a place: {places:?}");
            for width in [250.0, 290.0, 330.0, 400.0, 560.0, 700.0, 1000.0, 1200.0] {
                assert_eq!(clashes(&spots, &places, width), 0, "{width}: {places:?}");
            }
        }
    }

    #[test]
    fn a_line_to_words_goes_around_the_next_point() {
        // The last stands between the others.
        let spots = [spot(50.0, 120.0), spot(56.0, 120.0), spot(53.0, 120.0)];
        let places = apart(&spots, 0.0, 270.0);
        assert!(places[2].is_some_and(|place| place.y.abs() > 10.0), "not along them: {places:?}");
        assert_eq!(clashes(&spots, &places, 250.0), 0);
    }

    #[test]
    fn where_all_cannot_have_words_the_first_have_them_and_none_lie_on_others() {
        let mut spots = vec![spot(50.0, 130.0); 60];
        spots[59].first = true;
        let places = apart(&spots, 0.0, 270.0);
        assert!(places[59].is_some_and(|place| !place.far));
        assert!(places.iter().any(Option::is_none));
        assert_eq!(clashes(&spots, &places, 300.0), 0);
    }
}
