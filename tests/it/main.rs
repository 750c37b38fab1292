//! The one integration binary: linking costs more than running, so every test that sees the
//! engine from outside is a module of this file.

mod advertisements;
mod bad_input;
mod bad_pictures;
mod conditions;
mod copyfit;
mod delivery;
mod desk;
mod editions;
mod front_page;
mod grids;
mod headings;
mod inline;
mod inspect;
mod irregular;
mod ladders;
mod leaflet;
mod makeup;
mod mutated;
mod outlines;
mod page_facts;
mod pdf_text;
mod preflight;
mod press;
mod press_rules;
mod printpdf_defects;
mod random_pages;
mod reference;
mod same_bytes;
mod sample;
mod spoiled_page;
mod spreads;
mod threads;
mod tidy;
mod wrap;
