//! What a device finds out about its own losses.

use std::collections::{BTreeMap, BTreeSet};
use sync::{
    Hash, Head,
    witness::{Lost, Witness, lost, surely_lost},
};

fn hash(of: u64) -> Hash {
    Hash::of_event(&of.to_string())
}

/// A device that still has these numbers; each names the one before.
fn present(numbers: impl IntoIterator<Item = u64>) -> BTreeMap<u64, Hash> {
    numbers.into_iter().map(|dseq| (dseq, hash(dseq - 1))).collect()
}

fn gap(first: u64, last: u64) -> Lost {
    Lost { first, last, hash: hash(last) }
}

fn end(dseq: u64) -> Head {
    Head { dseq, hash: hash(dseq) }
}

#[test]
fn f08_a_tail_that_is_gone_is_told_from_one_that_was_sent() {
    assert_eq!(lost(0, end(5), &present(1..=5)), [], "everything is here");
    assert_eq!(lost(5, end(5), &present(1..=3)), [], "everything arrived");
    assert_eq!(lost(3, end(5), &present(1..=3)), [gap(4, 5)], "two were never sent");
    assert_eq!(lost(1, end(5), &present(1..=3)), [gap(4, 5)], "what is here and unsent is not lost");
}

#[test]
fn f08_a_hole_in_the_middle_is_found() {
    assert_eq!(lost(1, end(6), &present([2, 4, 6])), [gap(3, 3), gap(5, 5)]);
    assert_eq!(lost(1, end(6), &present([4])), [gap(2, 3), gap(5, 6)]);
}

#[test]
fn f08_what_is_there_and_cannot_be_read_is_not_told_as_lost() {
    let unread = |numbers: &[u64]| numbers.iter().copied().collect::<BTreeSet<_>>();
    let (end, here) = (end(6), present([1, 6]));
    assert_eq!(lost(0, end, &here), [gap(2, 5)], "without a look at what is sealed");
    assert_eq!(surely_lost(0, end, &here, &unread(&[2, 3, 4, 5])), []);
    assert_eq!(surely_lost(0, end, &here, &unread(&[3])), [gap(4, 5)], "2 is told when 3 can be read");
    assert_eq!(surely_lost(0, end, &here, &unread(&[2, 3])), [gap(4, 5)]);
    assert_eq!(surely_lost(0, end, &here, &unread(&[])), [gap(2, 5)]);
    assert_eq!(surely_lost(0, end, &here, &unread(&[1, 6])), [gap(2, 5)], "read in the meantime");
    assert_eq!(surely_lost(4, end, &present([]), &unread(&[6])), []);
}

#[test]
fn f02_an_emptied_store_loses_only_what_the_server_does_not_have() {
    assert_eq!(lost(7, end(9), &present([])), [gap(8, 9)]);
    assert_eq!(lost(9, end(9), &present([])), []);
    assert_eq!(gap(8, 9).count(), 2);
}

#[test]
fn f55_a_server_that_knows_more_than_the_device_loses_nothing() {
    assert_eq!(lost(12, end(9), &present(1..=9)), [], "a store that was put back to an older state");
}

#[test]
fn a_witness_speaks_for_its_own_chain_only() {
    let witness = Witness { device: "phone".into(), epoch: 1, dseq: 4, hash: hash(4) };
    assert_eq!(witness.head_of(&"phone".into(), 1), Some(end(4)));
    assert_eq!(witness.head_of(&"phone".into(), 2), None);
    assert_eq!(witness.head_of(&"tablet".into(), 1), None);
}
