type ToSchema = (...constraints: never[]) => object | undefined;

const number = (key: string) => (value: number) => ({ [key]: value });

/** What class-validator's rules mean in OpenAPI, by the name of the rule. A rule that has no counterpart is checked all the same. */
export const rulesByName: Readonly<Record<string, ToSchema>> = {
  isString: () => ({ type: 'string' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isBoolean: () => ({ type: 'boolean' }),
  isArray: () => ({ type: 'array' }),
  min: number('minimum') as ToSchema,
  max: number('maximum') as ToSchema,
  minLength: number('minLength') as ToSchema,
  maxLength: number('maxLength') as ToSchema,
  isLength: ((minLength: number, maxLength?: number) => ({ minLength, ...(maxLength !== undefined && { maxLength }) })) as ToSchema,
  matches: ((pattern: RegExp) => ({ type: 'string', pattern: pattern.source })) as ToSchema,
  isIn: ((values: unknown[]) => ({ enum: values })) as ToSchema,
  isEnum: ((values: object) => ({ enum: Object.values(values) })) as ToSchema,
  isEmail: () => ({ type: 'string', format: 'email' }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isUrl: () => ({ type: 'string', format: 'uri' }),
  isDateString: () => ({ type: 'string', format: 'date-time' }),
  isISO8601: () => ({ type: 'string', format: 'date-time' }),
  arrayMinSize: number('minItems') as ToSchema,
  arrayMaxSize: number('maxItems') as ToSchema,
  arrayUnique: () => ({ uniqueItems: true }),
};
