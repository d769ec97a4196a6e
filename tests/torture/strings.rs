//! Attack strings of our own: a grammar of carriers, disguises and goals, and some written by hand.
//!
//! Each has a number. Code in it pushes the number to the page's list `ran`; an address in it has
//! the number as its path, on a server that must never be asked.

use postil::ui::strings::EN;

use postil_testing::seed::Seed;

/// The goal of a string, and so the effect that the positive control looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Goal {
    /// Runs code by itself or when pressed.
    Run,
    /// Calls a server.
    Call,
    /// Covers or hides the page.
    Cover,
    /// Takes a name that the program looks up.
    Clobber,
    /// Runs or calls by way of Markdown.
    Markdown,
    /// Changes every object by way of JSON.
    Pollute,
    /// Makes text look like other text; runs nothing.
    Disguise,
}

/// An attack string.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Attack {
    pub number: usize,
    pub goal: Goal,
    pub text: String,
}

/// All strings, for a server at `origin`; the seed selects among the disguises.
pub fn all(origin: &str, seed: u64) -> Vec<Attack> {
    let mut collection = Collection {
        origin: origin.trim_end_matches('/').to_owned(),
        seed: Seed(seed),
        attacks: Vec::new(),
    };
    collection.handlers();
    collection.scripts();
    collection.addresses();
    collection.calls();
    collection.covers();
    collection.clobbers();
    collection.misnested();
    collection.markdown();
    collection.pollution();
    collection.disguises();
    collection.attacks
}

struct Collection {
    origin: String,
    seed: Seed,
    attacks: Vec<Attack>,
}

/// Elements that fire a handler by themselves: the element, the handler, and the trigger.
const FIRES: [(&str, &str, &str); 26] = [
    ("img", "onerror", "src=nowhere:"),
    (
        "img",
        "onload",
        "src=data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=",
    ),
    ("image", "onerror", "src=nowhere:"),
    ("svg", "onload", "width=1"),
    ("body", "onload", "id=b"),
    ("iframe", "onload", "src=about:blank"),
    ("video", "onerror", "src=nowhere:"),
    ("video", "onloadstart", "src=data:video/mp4,x preload=auto"),
    ("audio", "onerror", "src=nowhere:"),
    ("audio", "onloadstart", "src=data:audio/wav,x preload=auto"),
    ("input", "onfocus", "autofocus"),
    ("textarea", "onfocus", "autofocus"),
    ("select", "onfocus", "autofocus"),
    ("button", "onfocus", "autofocus"),
    ("a", "onfocus", "autofocus href=#"),
    ("div", "onfocus", "autofocus tabindex=0"),
    ("details", "ontoggle", "open"),
    ("style", "onload", "type=text/css"),
    ("link", "onload", "rel=stylesheet href=data:text/css,"),
    ("link", "onerror", "rel=stylesheet href=nowhere:"),
    ("script", "onerror", "src=nowhere:"),
    ("object", "onerror", "data=nowhere:"),
    ("input", "onerror", "type=image src=nowhere:"),
    ("svg><animate", "onbegin", "attributeName=x dur=1s"),
    ("svg><set", "onbegin", "attributeName=x to=1"),
    ("svg><image", "onerror", "href=nowhere:"),
];

/// Handlers that need a user action, which the control simulates.
const PRESSED: [&str; 10] = [
    "onclick",
    "onpointerdown",
    "onmouseover",
    "onmousedown",
    "onauxclick",
    "onpointerup",
    "oncontextmenu",
    "ondblclick",
    "onwheel",
    "onpointerenter",
];

/// Ways to write `javascript:` that a filter may miss.
const SCHEMES: [&str; 18] = [
    "javascript:",
    "JaVaScRiPt:",
    " javascript:",
    "\u{1}javascript:",
    "java\tscript:",
    "java\nscript:",
    "java\r\nscript:",
    "javascript\t:",
    "&#106;avascript:",
    "&#x6A;avascript:",
    "&#x000000006a;avascript:",
    "javascript&colon;",
    "java&Tab;script&colon;",
    "java&NewLine;script:",
    "&#32;&#1;javascript:",
    "j&#97v&#97script:",
    "javascript://%0a",
    "javascript:/*--></title>*/",
];

/// Carriers of an address that is followed; `AT` is its place.
const CARRIERS: [&str; 10] = [
    "<a href=\"AT\">press</a>",
    "<svg><a href=\"AT\"><text y=20>press</text></a></svg>",
    "<svg><a xlink:href=\"AT\"><text y=20>press</text></a></svg>",
    "<iframe src=\"AT\"></iframe>",
    "<form action=\"AT\"><button>press</button></form>",
    "<form><button formaction=\"AT\">press</button></form>",
    "<form><input type=submit formaction=\"AT\" value=press></form>",
    "<map><area href=\"AT\" alt=press></map>",
    "<math><mtext><a href=\"AT\">press</a></mtext></math>",
    "<a href=\"AT\" target=_self><img alt=press width=9 height=9></a>",
];

/// Markup that loads something by itself; `AT` is the place of the address.
const LOADS: [&str; 56] = [
    "<img src=\"AT\">",
    "<img srcset=\"AT 1x\">",
    "<img src=AT loading=eager crossorigin>",
    "<picture><source srcset=\"AT\"><img src=data:,></picture>",
    "<image src=\"AT\">",
    "<input type=image src=\"AT\">",
    "<video src=\"AT\" preload=auto></video>",
    "<video poster=\"AT\"></video>",
    "<video autoplay><source src=\"AT\"></video>",
    "<audio src=\"AT\" preload=auto></audio>",
    "<audio autoplay><source src=\"AT\"></audio>",
    "<video src=data:, controls><track default src=\"AT\"></video>",
    "<embed src=\"AT\">",
    "<object data=\"AT\"></object>",
    "<object type=text/html data='AT'><p>else</p></object>",
    "<iframe src=\"AT\"></iframe>",
    "<iframe srcdoc=\"<img src='AT'>\"></iframe>",
    "<iframe srcdoc='&lt;img src=AT&gt;'></iframe>",
    "<frameset><frame src=\"AT\"></frameset>",
    "<script src=\"AT\"></script>",
    "<script type=module src=\"AT\"></script>",
    "<script>fetch('AT')</script>",
    "<script>new Image().src='AT'</script>",
    "<script>navigator.sendBeacon('AT')</script>",
    "<link rel=stylesheet href=\"AT\">",
    "<link rel=preload as=image href=\"AT\">",
    "<link rel=prefetch href=\"AT\">",
    "<link rel=modulepreload href=\"AT\">",
    "<link rel=icon href=\"AT\">",
    "<link rel=\"alternate stylesheet\" title=x href=\"AT\">",
    "<style>@import 'AT';</style>",
    "<style>@import url(AT) screen;</style>",
    "<style>p{background:url('AT')}</style><p>x</p>",
    "<style>@font-face{font-family:f;src:url(AT)}p{font-family:f}</style><p>words</p>",
    "<style>li{list-style:url(AT)}</style><ul><li>x</ul>",
    "<style>p::before{content:url(AT)}</style><p>x</p>",
    "<style>:root{--u:url(AT)}p{background:var(--u)}</style><p>x</p>",
    "<style>@media all{p{border-image:url(AT) 1}}</style><p style=border-style:solid>x</p>",
    "<p style=\"background:url(AT)\">x</p>",
    "<p style=\"background-image:image-set('AT' 1x)\">x</p>",
    "<p style=\"list-style-image:url(AT);display:list-item\">x</p>",
    "<p style=\"border:9px solid;border-image-source:url(AT)\">x</p>",
    "<p style=\"mask-image:url(AT)\">x</p>",
    "<p style=\"back\\67round:u\\72l(AT)\">x</p>",
    "<p style=\"/**/background/**/:/**/url(AT)\">x</p>",
    "<table background=\"AT\"><tr><td>x</table>",
    "<table><tr><td background=\"AT\">x</table>",
    "<body background=\"AT\">",
    "<svg><image href=\"AT\" width=9 height=9 /></svg>",
    "<svg><image xlink:href=\"AT\" width=9 height=9 /></svg>",
    "<svg><script href=\"AT\"></script></svg>",
    "<svg><filter id=f><feImage href=\"AT\"/></filter><rect width=9 height=9 filter=url(#f) /></svg>",
    "<svg><style>@import 'AT';</style></svg>",
    "<form action=\"AT\"><button>press</button></form>",
    "<meta http-equiv=refresh content=\"0;url=AT\">",
    "<a href=# ping=\"AT\">press</a>",
];

/// Markup that covers or hides the page.
const COVERS: [&str; 24] = [
    "<div style=\"position:fixed;inset:0;z-index:2147483647;background:red\">over</div>",
    "<div style='position:fixed;top:0;left:0;width:100vw;height:100vh'>over</div>",
    "<p style=\"position:absolute;top:-9999px;left:-9999px;width:99999px;height:99999px\">over</p>",
    "<p style=\"position:sticky;top:0;height:100vh;z-index:99\">over</p>",
    "<p style=\"margin:-200vh;padding:300vh;position:relative;z-index:9\">over</p>",
    "<p style=\"position:relative;z-index:9;transform:scale(99)\">over</p>",
    "<p style=\"box-shadow:0 0 0 9999px red;position:fixed;inset:0\">over</p>",
    "<style>body{display:none}</style>",
    "<style>*{visibility:hidden!important}</style>",
    "<style>button{pointer-events:none!important}</style>",
    "<style>:root{transform:translateX(-9999px)}</style>",
    "<style>body::after{content:'';position:fixed;inset:0;z-index:2147483647}</style>",
    "<svg style=\"position:fixed;inset:0;width:100vw;height:100vh\"><rect width=9999 height=9999 /></svg>",
    "<iframe style=\"position:fixed;inset:0;width:100vw;height:100vh;z-index:9\" srcdoc=over></iframe>",
    "<img style=\"position:fixed;inset:0;width:100vw;height:100vh\" src=data:,>",
    "<table style=\"position:fixed;inset:0;width:100vw;height:100vh\"><tr><td>over</table>",
    "<dialog open style=\"position:fixed;inset:0;width:100vw;height:100vh\">over</dialog>",
    "<div popover=manual id=pop style=\"display:block;position:fixed;inset:0;width:100vw;height:100vh\">over</div>",
    "<button popovertarget=postil>press</button>",
    "<textarea style=\"position:fixed;inset:0;width:100vw;height:100vh\">over</textarea>",
    "<fieldset style=\"position:fixed;inset:0;width:100vw;height:100vh\">over</fieldset>",
    "<a href=# style=\"position:fixed;inset:0\">over</a>",
    "<marquee style=\"position:fixed;inset:0;height:100vh\">over</marquee>",
    "<canvas style=\"position:fixed;inset:0;width:100vw;height:100vh\"></canvas>",
];

/// Names that the program or its glue looks up.
const NAMES: [&str; 40] = [
    "postil",
    "article",
    "panicked",
    "skeleton",
    "failed",
    "needs-wasm",
    "import-notes",
    "notes",
    "body",
    "head",
    "documentElement",
    "cookie",
    "getElementById",
    "querySelector",
    "createElement",
    "activeElement",
    "location",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "navigator",
    "performance",
    "crypto",
    "fetch",
    "Worker",
    "top",
    "parent",
    "self",
    "document",
    "postilPolicy",
    "postilPoison",
    "postilUnsaved",
    "trustedTypes",
    "title",
    "forms",
    "currentScript",
    "defaultView",
    "addEventListener",
    "attributes",
    "baseURI",
];

/// Carriers of a name; `NAME` is its place.
const NAMED: [&str; 6] = [
    "<img name=NAME alt=x>",
    "<form id=NAME><input name=attributes><input name=NAME></form>",
    "<a id=NAME name=NAME href=x:y>x</a>",
    "<form name=NAME><output id=value>1</output></form>",
    "<object id=NAME name=NAME></object>",
    "<iframe name=NAME srcdoc=x></iframe>",
];

/// Elements whose content is parsed differently inside foreign content.
const RAW: [&str; 10] = [
    "style", "title", "noscript", "xmp", "iframe", "noembed", "noframes", "textarea", "script",
    "select",
];
/// Markup that switches between HTML parsing and foreign content.
const FOREIGN: [(&str, &str); 7] = [
    ("<svg>", "</svg>"),
    ("<math>", "</math>"),
    ("<svg><foreignObject>", "</foreignObject></svg>"),
    ("<svg><desc>", "</desc></svg>"),
    ("<math><mtext><table><mglyph>", "</table></mtext></math>"),
    (
        "<math><annotation-xml encoding=text/html>",
        "</annotation-xml></math>",
    ),
    ("<table><caption><svg>", "</svg></caption></table>"),
];

impl Collection {
    /// Adds a string made from the code that it runs and the address that it loads.
    fn add(&mut self, goal: Goal, text: impl FnOnce(&str, &str) -> String) {
        let number = self.attacks.len() + 1;
        // Code that runs before the page is ready counts too.
        let run = format!("(top.ran=top.ran||[]).push({number})");
        let address = format!("{}/{number}", self.origin);
        let text = text(&run, &address);
        self.attacks.push(Attack { number, goal, text });
    }

    fn choose<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.seed.next(from.len() as u64) as usize]
    }

    /// Elements with handlers, in spellings that HTML parsers accept and filters may miss.
    fn handlers(&mut self) {
        for (element, handler, trigger) in FIRES {
            self.add(Goal::Run, |run, _| {
                format!("<{element} {trigger} {handler}=\"{run}\">")
            });
            self.add(Goal::Run, |run, _| {
                format!("<{element} {trigger} {}={run}>", handler.to_uppercase())
            });
            let gap = self.choose(&["/", "\t", "\n", "\u{c}", "\r\n", "/ /", "\n/\t"]);
            self.add(Goal::Run, |run, _| {
                format!(
                    "<{element}{gap}{trigger}{}{handler}{gap2}={gap2}'{run}'>",
                    if gap.trim().is_empty() { gap } else { " " },
                    gap2 = if gap.trim().is_empty() { gap } else { "" }
                )
            });
            let disguise = self.choose(&["&#40;", "&lpar;", "&#x28;", "&#x0028;"]);
            self.add(Goal::Run, |run, _| {
                format!(
                    "<{element} {trigger} {handler}=\"{}\">",
                    run.replace('(', disguise)
                )
            });
        }
        for handler in PRESSED {
            self.add(Goal::Run, |run, _| {
                format!("<p {handler}=\"{run}\">press</p>")
            });
            self.add(Goal::Run, |run, _| {
                format!("<button type=button {handler}={run}>press</button>")
            });
        }
    }

    fn scripts(&mut self) {
        let scripts = [
            "<script>RUN</script>",
            "<SCRIPT>RUN</SCRIPT >",
            "<script\t>RUN</script\n>",
            "<script/x>RUN</script>",
            "<script type=module>RUN</script>",
            "<script type=text/javascript charset=x>RUN</script>",
            "<script language=javascript1.2>RUN</script>",
            "<script><!--\nRUN\n--></script>",
            "<scr<script>ipt>RUN</scr</script>ipt><script>RUN</script>",
            "<svg><script>RUN</script></svg>",
            "<svg><script>(top.ran=top.ran||[])&#46;push(NUMBER)</script></svg>",
            "<math><script>RUN</script></math>",
            "<table><script>RUN</script></table>",
            "<select><script>RUN</script></select>",
            "<p title='<script>RUN</script>'></p><script>RUN</script>",
            "<script src=\"data:text/javascript,RUN\"></script>",
            "<script type=module src=\"data:text/javascript,RUN\"></script>",
            "<script>eval('RUN')</script>",
            "<script>Function('RUN')()</script>",
            "<script>setTimeout('RUN')</script>",
            "<script>import('data:text/javascript,RUN')</script>",
            "<iframe srcdoc=\"<script>RUN</script>\"></iframe>",
            "<iframe srcdoc='<svg onload=RUN>'></iframe>",
            "<iframe srcdoc=\"&lt;script&gt;RUN&lt;/script&gt;\"></iframe>",
            "<iframe src=\"javascript:RUN\"></iframe>",
            "<object data=\"javascript:RUN\"></object>",
            "<embed src=\"javascript:RUN\">",
            "<!--><script>RUN</script>-->",
            "<!---><script>RUN</script>-->",
            "<!-- --!><script>RUN</script>-->",
            "<![CDATA[><script>RUN</script>]]>",
            "<?xml ><script>RUN</script>?>",
            "<!DOCTYPE x [<!ENTITY a '>'><script>RUN</script>",
            "</p x=\"<script>\"><script>RUN</script>",
            "<template><script>RUN</script></template><script>RUN</script>",
            "<template shadowrootmode=open><script>RUN</script></template>",
            "<div><template shadowrootmode=open><img src=x: onerror=RUN></template></div>",
            "<noscript><p title=\"</noscript><img src=x: onerror=RUN>\"></noscript>",
            "<base href=javascript:/a/><a href=#>press</a><script>RUN</script>",
            "<form onsubmit=RUN action=#><button>press</button></form>",
            "<form oninput=RUN><input autofocus onfocus=RUN></form>",
            "<style>@keyframes k{}</style><p style=animation:k onanimationstart=RUN>x</p>",
            "<p style=\"transition:color 1ms\" ontransitionend=RUN tabindex=0 autofocus onfocus=RUN>x</p>",
            "<a href=# onclick=\"RUN;return false\">press</a>",
            "<body onpageshow=RUN onresize=RUN onload=RUN>",
            "<video controls><source onerror=RUN src=x:></video>",
            "<svg><a><animate attributeName=href values=javascript:RUN begin=0s /><text y=20>press</text></a></svg>",
            "<svg><use href=\"data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=RUN></svg>#x\"/></svg>",
            "<xss-element onfocus=RUN tabindex=0 autofocus>x</xss-element>",
            "<p contenteditable autofocus onfocus=RUN>x</p>",
            "<input type=hidden oncontentvisibilityautostatechange=RUN style=content-visibility:auto>",
            "<p oncontentvisibilityautostatechange=RUN style=display:block;content-visibility:auto>x</p>",
            "<details open><summary>press</summary><p ontoggle=RUN></p></details><details ontoggle=RUN open>x</details>",
            "<div onscroll=RUN style=overflow:auto;height:9px><br><br><p id=x autofocus tabindex=0>x</p></div>",
        ];
        for script in scripts {
            let number = self.attacks.len() + 1;
            self.add(Goal::Run, |run, _| {
                script
                    .replace("RUN", run)
                    .replace("NUMBER", &number.to_string())
            });
        }
    }

    /// Every disguise of `javascript:` in a link, and some in the other carriers.
    fn addresses(&mut self) {
        for scheme in SCHEMES {
            self.add(Goal::Run, |run, _| {
                CARRIERS[0].replace("AT", &format!("{scheme}{run}"))
            });
        }
        for carrier in &CARRIERS[1..] {
            for _ in 0..4 {
                let scheme = self.choose(&SCHEMES);
                self.add(Goal::Run, |run, _| {
                    carrier.replace("AT", &format!("{scheme}{run}"))
                });
            }
        }
        for other in [
            "data:text/html,<script>RUN</script>",
            "vbscript:RUN",
            "blob:null/RUN",
        ] {
            self.add(Goal::Run, |run, _| {
                CARRIERS[0].replace("AT", &other.replace("RUN", run))
            });
        }
    }

    fn calls(&mut self) {
        for load in LOADS {
            self.add(Goal::Call, |_, at| load.replace("AT", at));
        }
        for _ in 0..16 {
            let load = self.choose(&LOADS);
            let without_scheme = self.seed.next(2) == 0;
            self.add(Goal::Call, |_, at| {
                let at = if without_scheme {
                    at.trim_start_matches("http:").to_owned()
                } else {
                    at.replacen("http:", "HtTp:", 1)
                };
                load.replace("AT", &at)
            });
        }
    }

    fn covers(&mut self) {
        for cover in COVERS {
            self.add(Goal::Cover, |_, _| cover.to_owned());
        }
    }

    fn clobbers(&mut self) {
        for name in NAMES {
            let carrier = self.choose(&NAMED);
            self.add(Goal::Clobber, |_, _| carrier.replace("NAME", name));
        }
        for carrier in NAMED {
            self.add(Goal::Clobber, |_, _| carrier.replace("NAME", "postil"));
        }
        for label in [
            "Open article",
            "Undo",
            "Redo",
            "Export",
            EN.bar.more,
            "Reload",
        ] {
            self.add(Goal::Clobber, |_, _| {
                format!("<button aria-label=\"{label}\" id=b-{label}>{label}</button>")
            });
        }
    }

    /// Markup that parses differently the second time.
    fn misnested(&mut self) {
        for (open, close) in FOREIGN {
            for raw in RAW {
                let hidden = self.seed.next(3);
                self.add(Goal::Run, |run, _| match hidden {
                    0 => format!("{open}<{raw}><img title=\"</{raw}>{close}<img src=x: onerror={run}>\">{close}"),
                    1 => format!("{open}<{raw}><!--</{raw}>{close}<img src=x: onerror={run}>-->{close}"),
                    _ => format!("{open}<p><{raw}><a id=\"</{raw}></p>{close}<img src=x: onerror={run}>\">{close}"),
                });
            }
        }
    }

    fn markdown(&mut self) {
        let texts = [
            "[press](javascript:RUN)",
            "[press](<javascript:RUN>)",
            "[press](JAVASCRIPT:RUN)",
            "[press](java&#115;cript:RUN)",
            "[press](&#x6A;avascript:RUN)",
            "[press](javascript&colon;RUN)",
            "[press](\\javascript:RUN)",
            "[press](data:text/html,<script>RUN</script>)",
            "[press](vbscript:RUN)",
            "[press](AT \"title' onclick=RUN x='\")",
            "[press](x \"\\\" onmouseover=RUN \\\"\")",
            "[press][NUMBER]\n\n[NUMBER]: javascript:RUN",
            "[press][NUMBER]\n\n[NUMBER]: <javascript:RUN> \"t\"",
            "<javascript:RUN>",
            "![alt](AT)",
            "![alt](<AT>)",
            "![alt](javascript:RUN)",
            "![alt][NUMBER]\n\n[NUMBER]: AT",
            "![\" onerror=RUN x=\"](AT)",
            "[![alt](AT)](javascript:RUN)",
            "<img src=AT>",
            "<img src=x: onerror=RUN>",
            "text <svg onload=RUN> text",
            "<script>RUN</script>",
            "`<script>RUN</script>` <script>RUN</script>",
            "```html\n</code></pre><script>RUN</script>\n```\n\n<script>RUN</script>",
            "```\"><img src=x: onerror=RUN>\ncode\n```",
            "    <script>RUN</script>\n\n<script>RUN</script>",
            "# heading {#x onclick=RUN} <img src=x: onerror=RUN>",
            "| a |\n|---|\n| <img src=x: onerror=RUN> |",
            "- [ ] task <img src=x: onerror=RUN>",
            "~~<img src=x: onerror=RUN>~~",
            "note[^NUMBER]\n\n[^NUMBER]: <img src=x: onerror=RUN>",
            "<details open ontoggle=RUN>\n\n**text**\n\n</details>",
            "<div>\n*a*</div><iframe srcdoc='<script>RUN</script>'></iframe>",
            "<!-- --><img src=x: onerror=RUN>",
            "<?php ?><img src=x: onerror=RUN>",
            "<![CDATA[ ]]><img src=x: onerror=RUN>",
            "<https://example.org/\" onclick=RUN x=\">  <img src=x: onerror=RUN>",
            "&lt;script&gt;RUN&lt;/script&gt; <script>RUN</script>",
        ];
        for text in texts {
            let number = (self.attacks.len() + 1).to_string();
            self.add(Goal::Markdown, |run, at| {
                text.replace("RUN", run)
                    .replace("AT", at)
                    .replace("NUMBER", &number)
            });
        }
    }

    fn pollution(&mut self) {
        let texts = [
            "{\"__proto__\":{\"polluted\":NUMBER}}",
            "{\"constructor\":{\"prototype\":{\"polluted\":NUMBER}}}",
            "{\"a\":{\"__proto__\":{\"polluted\":NUMBER}}}",
            "{\"type\":\"Annotation\",\"__proto__\":{\"polluted\":NUMBER,\"body\":[]}}",
            "{\"body\":{\"__proto__\":{\"polluted\":NUMBER}}}",
            "{\"target\":{\"constructor\":{\"prototype\":{\"polluted\":NUMBER}}}}",
            "{\"selector\":[{\"__proto__\":{\"polluted\":NUMBER}}]}",
            "{\"__proto__\":{\"polluted\":NUMBER,\"toString\":\"x\"}}",
        ];
        for text in texts {
            let number = (self.attacks.len() + 1).to_string();
            self.add(Goal::Pollute, |_, _| text.replace("NUMBER", &number));
        }
    }

    fn disguises(&mut self) {
        let texts = [
            "\u{202e}gnp.elif\u{202c} <b>x</b>",
            "\u{2066}Undo\u{2069}\u{200b}\u{200d}\u{feff}",
            "\u{202a}\u{202b}\u{202d}\u{2067}never closed",
            "<button>\u{200b}Undo</button>",
            "<p dir=rtl>Save \u{200f}\u{61c}</p>",
            "\u{e0041}\u{e0042}<b>tags</b>\u{e007f}",
            "Z\u{310}\u{317}\u{317}\u{315}\u{335}\u{33f}\u{35a}a\u{310}\u{317}\u{317}\u{315}lgo",
            "\u{0}\u{b}\u{1b}[31m\u{85}\u{2028}\u{2029}",
        ];
        for text in texts {
            self.add(Goal::Disguise, |_, _| text.to_owned());
        }
    }
}
