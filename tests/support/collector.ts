import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

type Value = { stringValue?: string; intValue?: string | number; boolValue?: boolean; doubleValue?: number };
type Attribute = { key: string; value: Value };
type Told = {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes?: Attribute[];
  events?: { name: string }[];
  status?: { code?: number };
};
type Export = { resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Told[] }[] }[] };

/** A span as the collector got it. */
export type Collected = Omit<Told, 'attributes' | 'events'> & { service: string; attributes: Record<string, unknown>; events: string[] };

const plain = ({ stringValue, intValue, boolValue, doubleValue }: Value): unknown =>
  stringValue ?? boolValue ?? (intValue === undefined ? doubleValue : Number(intValue));
const read = (attributes: Attribute[] = []) => Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]));

/** A collector of traces as OpenTelemetry's: it takes OTLP in JSON over HTTP, on a free port of loopback. */
export async function startCollector() {
  const spans: Collected[] = [];
  const texts: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const heard = new Set<() => void>();
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    if (request.method !== 'POST' || request.url !== '/v1/traces') return void response.writeHead(404).end();
    texts.push(text);
    headers.push(request.headers);
    const { resourceSpans }: Export = JSON.parse(text);
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = String(read(resource.attributes)['service.name']);
      for (const told of scopeSpans.flatMap((scope) => scope.spans))
        spans.push({ ...told, service, attributes: read(told.attributes), events: (told.events ?? []).map(({ name }) => name) });
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    for (const each of [...heard]) each();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    /** Everything that came, as it came. */
    texts,
    headers,
    /** The spans, as soon as they are enough. */
    async until(enough: (spans: readonly Collected[]) => boolean): Promise<readonly Collected[]> {
      while (!enough(spans)) {
        const { promise, resolve } = Promise.withResolvers<void>();
        heard.add(resolve);
        await promise;
        heard.delete(resolve);
      }
      return spans;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The way from a span up to where its trace begins. */
export function ancestors(spans: readonly Collected[], span: Collected): string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return parent ? [parent.name, ...ancestors(spans, parent)] : [];
}
