/**
 * What of JSON Schema (draft 2020-12) the edge's schema uses.
 * @typedef {object} Schema
 * @property {string | readonly string[]} [type]
 * @property {Readonly<Record<string, Schema>>} [properties]
 * @property {readonly string[]} [required]
 * @property {boolean | Schema} [additionalProperties]
 * @property {{ readonly pattern: string }} [propertyNames]
 * @property {number} [minProperties]
 * @property {Schema} [items]
 * @property {number} [minItems]
 * @property {readonly unknown[]} [enum]
 * @property {string} [pattern]
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {unknown} [default]
 * @property {string} [description]
 */

/**
 * Checks a value against a schema, and fills in its defaults.
 * @param {Schema} schema
 * @param {unknown} value
 * @param {string} path where it stands, for the faults; empty for the whole
 * @param {string[]} faults takes a sentence for each fault
 * @returns {unknown} the value with its defaults; nothing to go by when there are faults
 */
export function checkValue(schema, value, path, faults) {
  const types = [schema.type ?? []].flat();
  const type = typeOf(value);
  const fits = types.includes(type) || (type === 'integer' && types.includes('number'));
  /** @param {string} text */
  const fault = (text) => void faults.push(`${path || 'the configuration'}: ${text}`);
  if (!fits) fault(`must be ${types.map((each) => withArticle(each)).join(' or ')}`);
  else if (schema.enum && !schema.enum.includes(value)) fault(`must be one of ${schema.enum.join(', ')}`);
  else if (typeof value === 'string') {
    if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) fault(`must look like ${schema.pattern}`);
  } else if (typeof value === 'number') {
    const { minimum = -Infinity, maximum = Infinity } = schema;
    if (value < minimum || value > maximum) fault(`must be from ${minimum} to ${maximum}`);
  } else if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) fault(`must have at least ${schema.minItems} entries`);
    return value.map((item, index) => checkValue(schema.items ?? {}, item, `${path}[${index}]`, faults));
  } else if (type === 'object') {
    return checkObject(schema, /** @type {Record<string, unknown>} */ (value), path, faults);
  }
  return value;
}

/**
 * @param {Schema} schema
 * @param {Record<string, unknown>} value
 * @param {string} path
 * @param {string[]} faults
 */
function checkObject({ properties = {}, required = [], additionalProperties = true, propertyNames, minProperties = 0 }, value, path, faults) {
  /** @param {string} name */
  const at = (name) => (path === '' ? name : `${path}.${name}`);
  /** @type {Record<string, unknown>} */
  const result = {};
  for (const name of required) if (!(name in value)) faults.push(`${at(name)}: is missing`);
  if (Object.keys(value).length < minProperties) faults.push(`${path}: must have at least ${minProperties} entry`);
  for (const [name, each] of Object.entries(value)) {
    const schema = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (propertyNames && !new RegExp(propertyNames.pattern).test(name)) faults.push(`${at(name)}: its name must look like ${propertyNames.pattern}`);
    else if (typeof schema === 'object') result[name] = checkValue(schema, each, at(name), faults);
    else faults.push(`${at(name)}: is not known; known are ${Object.keys(properties).join(', ')}`);
  }
  for (const [name, schema] of Object.entries(properties)) {
    if (!(name in value) && schema.default !== undefined) result[name] = checkValue(schema, schema.default, at(name), faults);
  }
  return result;
}

/** @param {unknown} value */
function typeOf(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** @param {string} type */
function withArticle(type) {
  return /^[aio]/.test(type) ? `an ${type}` : `a ${type}`;
}
