//! Newspaper phrases, each group with the rule that says where its lines may begin: `│` free, `¦`
//! discouraged or to the rescue.

use super::*;

const TABLE: &[(&str, &[&str])] = &[
    (
        "GB/T 15834-2011 5.1.1: a stop starts no line",
        &["他│来│了。│她│走│了", "真│好！│走", "为│什│么？│因│为", "甲．│乙"],
    ),
    (
        "GB/T 15834-2011 5.1.1: a comma, 、 or ； starts no line",
        &["市│委，│市│政│府", "米、│面、│油", "一│是│防；│二│是│控"],
    ),
    ("GB/T 15834-2011 5.1.1: a colon starts no line", &["通│知│称：│即│日│起", "主│编：│李│四"]),
    (
        "GB/T 15834-2011 5.1.3: an opening mark ends no line, a closing one starts none",
        &[
            "他│说│“好”│就│走",
            "在│（桑│日│县）│境│内",
            "读│《西│藏│日│报》│后",
            "见│〔2022〕│8¦号│文",
            "【本│报│讯】│近│日",
            "「甲」│与│『乙』",
            "〈序〉│篇",
            "［注］│见│后",
            "｛甲｝│乙",
        ],
    ),
    (
        "GB/T 15834-2011 5.1.3: quotation marks inside quotation marks",
        &["“‘一│老│一│小’│问│题”", "战│‘疫’│情", "“前│‘中’│后”"],
    ),
    (
        "CLREQ 3.1.4: marks in a row keep their sides",
        &[
            "好！”│他│说",
            "完│了。”│记│者",
            "“好，│“来│吧",
            "（见│《报》）│后",
            "来│了？”│“来│了",
            "一│张│“网”、│一│盘│“棋”",
        ],
    ),
    (
        "GB/T 15834-2011 5.1.2: ？ and ！ in a row are one",
        &["真│的？！│是│吗", "快│跑！！│快", "啊！！！│天"],
    ),
    (
        "GB/T 15834-2011 5.1.4: a dash is one and rather starts no line",
        &["我│市¦——│拉│萨", "他¦——│一│名│党│员¦——│来│了"],
    ),
    (
        "GB/T 15834-2011 5.1.4: an ellipsis is one and rather starts no line",
        &["岗│位¦……│正│是", "“啊¦……”│他", "等¦…………│下"],
    ),
    (
        "GB/T 15834-2011 5.1.6: a connector starts no line",
        &["拉│萨—│日│喀│则", "上│海～│杭│州", "5～8¦天", "2020—2022¦年", "12–15¦人"],
    ),
    (
        "GB/T 15834-2011 5.1.7: an interpunct starts no line",
        &["索│朗·│多│吉", "3·15│晚│会", "“5·12”│地│震", "《论│语·│学│而》"],
    ),
    ("GB/T 15834-2011 5.1.8: a solidus touches no edge", &["吨/年│产", "男/女│各", "公│里/小│时"]),
    (
        "CLREQ 3.2.4: a number is whole",
        &[
            "共│76¦万│元",
            "达│5555¦名",
            "计│1,900¦人",
            "约│3.5¦公│里",
            "占│98.6%│强",
            "涨│0.5‰│后",
            "仅│1/3│多",
            "至-12℃│间",
            "差│+3¦分",
        ],
    ),
    (
        "CLREQ 3.2.4: a number keeps near its unit",
        &[
            "3¦个│月",
            "15¦名│党│员",
            "24¦小│时",
            "100¦万│元",
            "第¦2¦版",
            "第¦20¦届",
            "2022¦年│9¦月│5¦日",
            "8¦时│30¦分",
            "4¦级│风",
            "60¦岁│老│人",
            "7¦号│楼",
            "2¦倍│多",
            "5¦次│会",
            "6¦吨│菜",
            "3¦支│队",
        ],
    ),
    (
        "times, scores, dates and telephone numbers are whole",
        &[
            "9:30│开│会",
            "以│3：1│胜",
            "2022-09-05│报│道",
            "热│线│12349│开│通",
            "电│话│0893-7821234│转",
            "请│拨│110│或",
            "7×24",
        ],
    ),
    (
        "CLREQ 3.2.4: Western words and codes are whole",
        &[
            "戴│N95│口│罩",
            "沿│G318│线",
            "用│5G│网",
            "防│COVID-19│后",
            "连│Wi-Fi│上│网",
            "一│张│A4│纸",
            "开│App│看",
            "用│QR│码",
            "是│DNA│（脱│氧）",
            "发│E-mail│来",
            "测│PM2.5│值",
            "坐│C919│飞",
            "看│CCTV-13¦台",
        ],
    ),
    ("Western words part at their spaces", &["New │York │Times", "用│Windows │11│机"]),
    ("money keeps its sign", &["约│¥50│多", "共│￥300¦万", "达│$5.5│多", "合│€20¦亿"]),
    ("degrees and primes keep to their number", &["北│纬│29°│多", "气│温│25℃│上│下", "东│经│91°07′│处"]),
    (
        "CLREQ 3.1.4: the third of three closing marks parts only to rescue a line",
        &["好│了。”¦）│后", "书》）¦。│后"],
    ),
    (
        "a web address may break after its signs, rather not",
        &["见│http://¦www.¦xzdw.¦gov.¦cn│网", "在│www.¦gov.¦cn/¦a│上"],
    ),
    ("UAX 14: Han break from each other", &["山│南│市│乃│东│区", "抗│疫│一│线"]),
    ("kana and enclosed numbers are as Han", &["图│①│为", "㈠│总│则"]),
];

#[test]
fn newspaper_phrases_break_by_their_rules() {
    let mut wrong = Vec::new();
    for (rule, drawings) in TABLE {
        for drawing in *drawings {
            let found = marked(&drawing.replace(['│', '¦'], ""), Language::ZhHans, Strictness::Gb, &[]);
            if found != *drawing {
                wrong.push(format!("{rule}: {drawing} but {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_has_a_newspapers_breadth() {
    let places: usize = TABLE
        .iter()
        .flat_map(|(_, drawings)| *drawings)
        .map(|drawing| drawing.replace(['│', '¦'], "").chars().count() - 1)
        .sum();
    assert!(places >= 150 && TABLE.len() >= 20, "{places} pairs under {} rules", TABLE.len());
}
