const main = document.querySelector('#operations');
const token = document.querySelector('#token');
const filter = document.querySelector('#filter');

/** Makes an element; text goes in as text, never as markup. */
function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

/** Follows a reference into the document's components. */
function resolve(api, schema) {
  return schema?.$ref ? (api.components.schemas[schema.$ref.split('/').at(-1)] ?? {}) : (schema ?? {});
}

/** An example value of a schema, for the body field. */
function example(api, schema, depth = 0) {
  const { type, properties = {}, items, enum: values, default: given, minimum } = resolve(api, schema);
  if (given !== undefined) return given;
  if (values) return values[0];
  if (type === 'object') return depth > 4 ? {} : Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, example(api, child, depth + 1)]));
  if (type === 'array') return [example(api, items, depth + 1)];
  if (type === 'integer' || type === 'number') return minimum ?? 1;
  return type === 'boolean' ? true : '';
}

/** The ways in which callers of this gateway say who they are. */
function schemes(api) {
  return api.components.securitySchemes ?? {};
}

/** What one way of calling an operation takes, in words. */
function wanted({ bearer, session, apiKey }) {
  return [bearer && (bearer.join(', ') || 'a token'), session && 'a session', apiKey && 'an API key'].filter(Boolean).join(' and ');
}

async function send(api, method, path, fields, body, output) {
  let target = path;
  const query = new URLSearchParams();
  for (const { parameter, input } of fields) {
    if (parameter.in === 'path') target = target.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    else if (input.value !== '') query.set(parameter.name, input.value);
  }
  const url = target + (query.size > 0 ? `?${query}` : '');
  const headers = token.value ? { authorization: `Bearer ${token.value}` } : {};
  // The browser adds the cookie of a session by itself, and with that this field must come.
  if (schemes(api).csrf) headers[schemes(api).csrf.name] = '1';
  if (body) headers['content-type'] = 'application/json';
  output.hidden = false;
  output.textContent = '…';
  try {
    const started = performance.now();
    const answer = await fetch(url, { method, headers, body: body?.value || undefined });
    const text = await answer.text();
    const took = Math.round(performance.now() - started);
    const noted = ['content-type', 'etag', 'cache-control', 'portico-degraded', 'x-correlation-id'].filter((name) => answer.headers.has(name));
    const head = [`${method} ${url}`, `${answer.status} · ${took} ms · ${new Blob([text]).size} bytes`, ...noted.map((name) => `${name}: ${answer.headers.get(name)}`)];
    output.textContent = `${head.join('\n')}\n\n${pretty(text)}`;
  } catch (error) {
    output.textContent = `The request failed: ${error.message}`;
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function panel(api, method, path, operation) {
  const fields = (operation.parameters ?? []).map((parameter) => {
    const { type = '', default: given = '' } = resolve(api, parameter.schema);
    return { parameter, input: element('input', { value: given, placeholder: type, ariaLabel: parameter.name }) };
  });
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  const body = schema && element('textarea', { rows: 6, value: JSON.stringify(example(api, schema), null, 2), ariaLabel: 'Body' });
  const output = element('pre', { hidden: true });
  const rows = fields.map(({ parameter, input }) =>
    element('label', { className: 'field' }, element('span', {}, parameter.name, ' ', element('small', {}, `${parameter.in}${parameter.required ? ', required' : ''}`)), input),
  );
  const button = element('button', { type: 'button', onclick: () => send(api, method, path, fields, body, output) }, 'Try it');
  const lock = (operation.security ?? []).map(wanted).join(' or ');
  return element(
    'details',
    {},
    element('summary', {}, element('span', { className: 'method' }, method), element('code', {}, path), element('span', {}, operation.summary ?? ''), element('span', { className: 'lock' }, lock ? `needs ${lock}` : 'public')),
    element('div', { className: 'body' }, ...rows, ...(body ? [body] : []), element('p', {}, button), output),
  );
}

const api = await (await fetch('/openapi.json')).json();
document.querySelector('#description').textContent = api.info.description;
if (!schemes(api).bearer) token.parentElement.remove();
const panels = Object.entries(api.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => panel(api, method.toUpperCase(), path, operation)));
main.replaceChildren(...panels);
filter.addEventListener('input', () => {
  for (const node of panels) node.hidden = !node.querySelector('summary').textContent.toLowerCase().includes(filter.value.toLowerCase());
});
