// Finds elements by role and accessible name, as a person or a screen reader does.
// Follows https://www.w3.org/TR/html-aam-1.0/ and https://www.w3.org/TR/accname-1.2/ as needed here.
// Runs inside a function body; the code that follows may call `find`, `namesOf` and `fileInput`.

const IMPLICIT_ROLES = [
  ["button, summary, input:is([type=button], [type=submit], [type=reset], [type=image])", "button"],
  ["a[href]", "link"],
  ["input[list], select:not([multiple], [size])", "combobox"],
  ["input[type=search]", "searchbox"],
  ["input[type=checkbox]", "checkbox"],
  ["input[type=radio]", "radio"],
  ["input[type=range]", "slider"],
  ["input[type=number]", "spinbutton"],
  ["textarea, input:is(:not([type]), [type=text], [type=email], [type=tel], [type=url], [type=password])", "textbox"],
  ["select", "listbox"],
  ["option", "option"],
  ["h1, h2, h3, h4, h5, h6", "heading"],
  ["ul, ol, menu", "list"],
  ["li", "listitem"],
  ["dialog", "dialog"],
  ["main", "main"],
  ["nav", "navigation"],
  ["aside", "complementary"],
  ["article", "article"],
  ["header:not(:is(article, aside, main, nav, section) header)", "banner"],
  ["footer:not(:is(article, aside, main, nav, section) footer)", "contentinfo"],
  ["section:is([aria-label], [aria-labelledby])", "region"],
  ["form:is([aria-label], [aria-labelledby])", "form"],
  ["search", "search"],
  ["img:not([alt=''])", "img"],
  ["table", "table"],
  ["tr", "row"],
  ["td", "cell"],
  ["th", "columnheader"],
  ["p", "paragraph"],
  ["blockquote", "blockquote"],
  ["figure", "figure"],
  ["mark", "mark"],
  ["output", "status"],
  ["progress", "progressbar"],
  ["meter", "meter"],
  ["hr", "separator"],
  ["details, fieldset", "group"],
];

// Roles whose names must come from the author, not from their content.
const NAMED_BY_AUTHOR = new Set([
  "textbox", "searchbox", "combobox", "listbox", "slider", "spinbutton", "main", "navigation", "complementary", "banner",
  "contentinfo", "region", "form", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "list", "group",
  "radiogroup", "tablist", "table", "progressbar", "meter",
]);

const squeezed = (text) => text.replace(/\s+/g, " ").trim();

function roleOf(element) {
  const explicit = (element.getAttribute("role") ?? "").trim().split(/\s+/)[0];
  if (explicit) return explicit;
  return IMPLICIT_ROLES.find(([selector]) => element.matches(selector))?.[1] ?? "";
}

// Only the content of the topmost modal dialog can be reached while one is open.
function isHidden(element) {
  if (element.closest("[aria-hidden=true], [inert]")) return true;
  const modal = [...document.querySelectorAll(":modal")].at(-1);
  if (modal && !modal.contains(element)) return true;
  // An element with `display: contents` has no box of its own, although its content shows.
  if (getComputedStyle(element).display === "contents") return !element.parentElement || isHidden(element.parentElement);
  return !element.checkVisibility({ visibilityProperty: true });
}

const referenced = (element, attribute) =>
  (element.getAttribute(attribute) ?? "").split(/\s+/).map((id) => id && document.getElementById(id)).filter(Boolean);

// The text of an element's content, where parts may have names of their own.
function contentOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.matches("[aria-hidden=true], [hidden], script, style")) return "";
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden") return "";
  const own = node.getAttribute("aria-label") ?? node.getAttribute("alt");
  const text = own ?? [...node.childNodes].map(contentOf).join("");
  return style.display.startsWith("inline") ? text : ` ${text} `;
}

function nativeName(element) {
  if (element.labels?.length) return [...element.labels].map((label) => label.textContent).join(" ");
  if (element.matches("input:is([type=button], [type=submit], [type=reset])")) return element.value;
  if (element.matches("img, input[type=image]")) return element.alt;
  const caption = { FIELDSET: "legend", FIGURE: "figcaption", TABLE: "caption" }[element.tagName];
  return (caption && element.querySelector(`:scope > ${caption}`)?.textContent) || "";
}

function nameOf(element, role) {
  const candidates = [
    () => referenced(element, "aria-labelledby").map((label) => label.getAttribute("aria-label") ?? label.textContent).join(" "),
    () => element.getAttribute("aria-label") ?? "",
    () => nativeName(element),
    () => (NAMED_BY_AUTHOR.has(role) ? "" : [...element.childNodes].map(contentOf).join("")),
    () => element.getAttribute("title") ?? "",
    () => element.getAttribute("placeholder") ?? "",
  ];
  for (const candidate of candidates) {
    const name = squeezed(candidate());
    if (name) return name;
  }
  return "";
}

const MATCHERS = {
  any: () => true,
  is: (name, wanted) => name === squeezed(wanted),
  has: (name, wanted) => name.includes(squeezed(wanted)),
  begins: (name, wanted) => name.startsWith(squeezed(wanted)),
};

function withRole(role, scope) {
  const selectors = IMPLICIT_ROLES.filter(([, implied]) => implied === role).map(([selector]) => selector);
  const candidates = (scope ?? document).querySelectorAll([`[role~="${role}"]`, ...selectors].join(", "));
  return [...candidates].filter((element) => roleOf(element) === role && !isHidden(element));
}

// `path` leads from an outer element to the wanted one: [{ role, how, name, nth }, …].
function find(path) {
  let scopes = [document];
  for (const { role, how, name, nth } of path) {
    const inside = [...new Set(scopes.flatMap((scope) => withRole(role, scope)))];
    const matching = inside.filter((element) => MATCHERS[how](nameOf(element, role), name));
    scopes = nth === null ? matching : matching.slice(nth, nth + 1);
  }
  return scopes;
}

function namesOf(role) {
  return withRole(role).map((element) => nameOf(element, role));
}

// The file input that a reader would associate with a label: its own or that of a button beside it.
function fileInput(label) {
  const inputs = [...document.querySelectorAll("input[type=file]")];
  const named = inputs.find((input) => nameOf(input, "textbox") === label);
  if (named) return named;
  const [button] = find([{ role: "button", how: "is", name: label, nth: null }]);
  return inputs.find((input) => button?.contains(input) || input.parentElement === button?.parentElement);
}
