/** An element: its qualified name, its attributes, and what is in it. */
export type Element = { name: string; attributes: Readonly<Record<string, string>>; content: string | readonly Element[] };

/** What may stand in an element; whatever is absent is left out. */
type Content = string | null | undefined | readonly (Element | undefined)[];

/** An element, unless there is nothing in it: an empty one is refused by EN 16931. */
export function element(name: string, content: Content, attributes: Readonly<Record<string, string | null>> = {}): Element | undefined {
  if (content === null || content === undefined || content === '') return undefined;
  const given = Object.fromEntries(Object.entries(attributes).filter((pair): pair is [string, string] => pair[1] !== null));
  if (typeof content === 'string') return { name, attributes: given, content };
  const present = content.filter((each) => each !== undefined);
  return present.length === 0 ? undefined : { name, attributes: given, content: present };
}

/** The document as text. The same elements always give the same text. */
export function writeXml(root: Element): string {
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  write(parts, root, '');
  return parts.join('');
}

function write(parts: string[], { name, attributes, content }: Element, indent: string): void {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  parts.push(`${indent}<${name}${given.join('')}>`);
  if (typeof content === 'string') parts.push(escapeXml(content));
  else {
    parts.push('\n');
    for (const each of content) write(parts, each, `${indent}  `);
    parts.push(indent);
  }
  parts.push(`</${name}>\n`);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\r': '&#13;' };

/** What XML 1.0 lets into no document, however it is written. */
const impossible = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Text as it stands in XML. Characters that XML cannot hold were refused at the door; one that came by another way ends here. */
export function escapeXml(text: string): string {
  if (!text.isWellFormed() || impossible.test(text)) throw new Error('a text holds a character that XML cannot hold');
  return text.replace(/[&<>"'\r]/g, (character) => entities[character] ?? character);
}
