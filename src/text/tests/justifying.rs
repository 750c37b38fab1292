//! Justification, over random text: exact ends, squeeze within what there is to give.

use arbtest::arbtest;

use super::super::fixture::{any_text, ems, kaiming, quanjiao};
use super::super::justify::justify;
use super::super::linebreak::{Ending, next_line};
use crate::model::style::TIERS;
use crate::unit::Len;

#[test]
fn a_justified_line_ends_at_its_measure() {
    arbtest(|u| {
        let fixture = if u.arbitrary()? { quanjiao() } else { kaiming() };
        let para = fixture.para(&any_text(u, 60)?);
        let measure = ems(u.int_in_range(5_000..=30_000)?);
        let mut item = 0;
        while item < para.items.len() {
            let cut = next_line(&para, item, measure);
            let set = justify(&para, &cut);
            let gaps = &para.gaps[cut.items.start..cut.items.end - 1];
            let line = para.text_of(cut.items.clone());
            assert!(set.places.is_sorted(), "{line}");
            for tier in 0..TIERS {
                assert!(set.squeezed[tier] <= para.give(cut.items.clone(), tier), "{line}");
            }
            let taken: Len = set.squeezed.iter().copied().sum();
            if cut.ending != Ending::Forced {
                assert_eq!(taken, (cut.natural - measure).max(Len::ZERO), "{line}");
            }
            let stretches = gaps.iter().any(|gap| gap.stretch > 0);
            match cut.ending {
                Ending::Last if set.stretched > Len::ZERO => {
                    let (lacks, most) = para.flush_last;
                    assert!(set.end == measure && measure - cut.natural < lacks, "{line}");
                    assert!(set.stretched <= most, "{line}");
                }
                Ending::Last => assert!(set.end == cut.natural - taken || set.end == measure, "{line}"),
                Ending::Forced => {}
                _ if stretches || taken > Len::ZERO => assert_eq!(set.end, measure, "{line}"),
                _ => assert_eq!(set.stretched, measure - cut.natural, "{line}"),
            }
            item = cut.items.end;
        }
        Ok(())
    });
}
