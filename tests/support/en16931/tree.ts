import { DOMParser, type Document, type Element } from '@xmldom/xmldom';

const spaces: Readonly<Record<string, string>> = {
  cac: 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  cbc: 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
};

/** An element of a document, found by paths of prefixed names as the norm's rules write them. */
export class Node {
  readonly #element: Element;

  constructor(element: Element) {
    this.#element = element;
  }

  get name(): string {
    const prefix = Object.keys(spaces).find((each) => spaces[each] === this.#element.namespaceURI);
    return prefix ? `${prefix}:${this.#element.localName}` : `${this.#element.localName}`;
  }

  /** Its own text, without spaces around it. */
  get text(): string {
    return (this.#element.textContent ?? '').trim();
  }

  get parts(): Node[] {
    return [...this.#element.childNodes].flatMap((child) => (child.nodeType === 1 ? [new Node(child as Element)] : []));
  }

  attribute(name: string): string | null {
    return this.#element.hasAttribute(name) ? this.#element.getAttribute(name) : null;
  }

  all(path: string): Node[] {
    return path.split('/').reduce<Node[]>((found, name) => found.flatMap((node) => node.parts.filter((part) => part.name === name)), [this]);
  }

  first(path: string): Node | undefined {
    return this.all(path)[0];
  }

  has(path: string): boolean {
    return this.all(path).length > 0;
  }

  /** The text at a path; empty where there is none. */
  at(path: string): string {
    return this.first(path)?.text ?? '';
  }

  /** All elements of the name anywhere below. */
  anywhere(name: string): Node[] {
    return this.parts.flatMap((part) => [...(part.name === name ? [part] : []), ...part.anywhere(name)]);
  }
}

/** The root of a document that a parser takes for well-formed. */
export function parseXml(xml: string): Node {
  const fail = (level: string, message: string) => {
    throw new Error(`${level}: ${message}`);
  };
  const document: Document = new DOMParser({ onError: fail }).parseFromString(xml, 'text/xml');
  if (!document.documentElement) throw new Error('no root');
  return new Node(document.documentElement);
}
