//! How long a pack takes, at 100, 1,000 and 10,000 records. `cargo bench -p evidence`
//! It must stay linear: ten times the records, about ten times the time.

#![expect(clippy::expect_used, missing_docs, reason = "a bench may stop where something is wrong")]

#[path = "../tests/it/life.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod life;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use evidence::{Ledger, PackKind, build, html, pdf};
use life::{Life, request};

fn packs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pack");
    group.sample_size(10);
    for records in [100, 1_000, 10_000] {
        let life = Life::of(records);
        let wanted = request(PackKind::Inspector);
        group.bench_with_input(BenchmarkId::new("whole", records), &records, |bench, _| {
            bench.iter_batched(
                Ledger::default,
                |ledger| build(&life.register, &wanted, ledger).expect("made"),
                BatchSize::PerIteration,
            );
        });
        group.bench_with_input(BenchmarkId::new("html", records), &records, |bench, _| {
            bench.iter(|| html(&life.register, &wanted, None));
        });
        group.bench_with_input(BenchmarkId::new("pdf", records), &records, |bench, _| {
            bench.iter(|| pdf(&life.register, &wanted, None));
        });
    }
    group.finish();
}

criterion_group!(benches, packs);
criterion_main!(benches);
