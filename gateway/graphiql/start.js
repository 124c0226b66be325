// Runs in the browser. GraphiQL, React and graphql-ws are globals from npm files beside this one.
const config = JSON.parse(document.getElementById('config').textContent);
const endpoint = new URL(config.path, location.href);
const socket = new URL(endpoint);
socket.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';

// GraphiQL parses late; the text is always there. What is left outside of strings, comments and braces names the operations.
function isSubscription({ query, operationName }) {
  let outside = query.replace(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#.*/g, '');
  for (let before = ''; before !== outside; ) {
    before = outside;
    outside = outside.replace(/\{[^{}]*\}/g, ' ');
  }
  return operationName ? new RegExp(`\\bsubscription\\s+${operationName}\\b`).test(outside) : /\bsubscription\b/.test(outside);
}

async function ask(params, headers) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { accept: 'application/graphql-response+json, application/json', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(params),
  });
  return answer.json();
}

// A refused connection stays refused: it is told at once, in the words of its close.
async function* subscribe(params, headers) {
  const client = graphqlWs.createClient({ url: socket.href, connectionParams: headers, shouldRetry: ({ code }) => code !== 4403, retryAttempts: 3 });
  try {
    yield* client.iterate(params);
  } catch (failure) {
    yield { errors: Array.isArray(failure) ? failure : [{ message: reasonOf(failure) }] };
  } finally {
    client.dispose();
  }
}

function reasonOf({ reason, code, message }) {
  if (code === undefined) return message ?? 'The connection could not be opened.';
  return `${reason || 'The connection was closed.'} (WebSocket close ${code})`;
}

const bar = document.getElementById('visitor');
const { role } = bar.elements;
const authorizationOf = ({ token }) => `Bearer ${token}`;
const root = ReactDOM.createRoot(document.getElementById('graphiql'));
let present = config.visitors[0];

/** Whoever writes a token into the headers looks as somebody else than the bar says. */
function tellWho({ authorization }) {
  const visitor = config.visitors.find((each) => authorizationOf(each) === authorization);
  bar.querySelector('output').textContent = visitor === present ? '' : `The headers carry ${visitor ? `the token of ${visitor.name}` : 'another token'}.`;
}

function fetcher(params, options = {}) {
  const headers = { ...(present ? { authorization: authorizationOf(present) } : {}), ...options.headers };
  tellWho(headers);
  return isSubscription(params) ? subscribe(params, headers) : ask(params, headers);
}

// Another visitor is another page, so that schema and headers are theirs; what was written into the editor stays.
function show() {
  const headers = present ? JSON.stringify({ authorization: authorizationOf(present) }, undefined, 2) : undefined;
  const props = { fetcher, headers, defaultHeaders: headers, defaultQuery: config.query, isHeadersEditorEnabled: true, shouldPersistHeaders: false };
  root.render(React.createElement(GraphiQL, { key: present?.name ?? '', ...props }));
}

for (const { name } of config.visitors) role.append(new Option(name));
bar.hidden = config.visitors.length === 0;
bar.addEventListener('submit', (event) => event.preventDefault());
role.addEventListener('change', () => {
  present = config.visitors[role.selectedIndex];
  tellWho({ authorization: authorizationOf(present) });
  show();
});
show();
