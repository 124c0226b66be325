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

async function* subscribe(params, headers) {
  const client = graphqlWs.createClient({ url: socket.href, connectionParams: headers, retryAttempts: 3 });
  try {
    yield* client.iterate(params);
  } finally {
    client.dispose();
  }
}

function fetcher(params, options = {}) {
  const headers = { ...config.headers, ...options.headers };
  return isSubscription(params) ? subscribe(params, headers) : ask(params, headers);
}

const headers = Object.keys(config.headers).length > 0 ? JSON.stringify(config.headers, undefined, 2) : undefined;
const props = { fetcher, headers, defaultHeaders: headers, defaultQuery: config.query, isHeadersEditorEnabled: true, shouldPersistHeaders: false };
ReactDOM.createRoot(document.getElementById('graphiql')).render(React.createElement(GraphiQL, props));
