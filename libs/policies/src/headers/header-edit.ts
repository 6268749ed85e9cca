import { ConfigurationError } from '@portico/config';
import type { Endpoint, RequestContext } from '@portico/core';
import { fieldName, fieldValue } from '../values/field-value.js';

/** Header fields that an edit may change: those of a request, or of an answer. Names are in lower case. */
export interface EditableFields {
  all(name: string): readonly string[];
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  delete(name: string): void;
}

/** One change of header fields, compiled at start. */
export type HeaderEdit = (context: RequestContext, fields: EditableFields) => void;

/** Where an edit is compiled for. */
export interface EditPlace {
  readonly endpoint: Endpoint;
  /** Whether it changes answers rather than requests. */
  readonly answers: boolean;
}

/** Paths of the options, for faults. */
export interface EditPaths {
  readonly name: string;
  readonly value: string;
}

/** Replaces all values of a field by one. */
export function setEdit(name: string, value: string, place: EditPlace, paths: EditPaths): HeaderEdit {
  const field = fieldName(name, paths.name);
  const template = fieldValue(value, { ...place, path: paths.value });
  return (context, fields) => fields.set(field, template.render(context));
}

/** Adds a value to those that are there. */
export function appendEdit(name: string, value: string, place: EditPlace, paths: EditPaths): HeaderEdit {
  const field = fieldName(name, paths.name);
  const template = fieldValue(value, { ...place, path: paths.value });
  return (context, fields) => fields.append(field, template.render(context));
}

/** Sets a field that is not there; one that is stays as it is. */
export function setIfAbsentEdit(name: string, value: string, place: EditPlace, paths: EditPaths): HeaderEdit {
  const field = fieldName(name, paths.name);
  const template = fieldValue(value, { ...place, path: paths.value });
  return (context, fields) => {
    if (fields.all(field).length === 0) fields.set(field, template.render(context));
  };
}

export function removeEdit(name: string, path: string): HeaderEdit {
  const field = fieldName(name, path);
  return (_context, fields) => fields.delete(field);
}

/** Replaces every occurrence of a text in every value of a field. Text is text: nothing in it is a pattern. */
export function replaceEdit(name: string, find: string, by: string, place: EditPlace, paths: { readonly name: string; readonly find: string; readonly with: string }): HeaderEdit {
  const field = fieldName(name, paths.name);
  const sought = fieldValue(find, { ...place, path: paths.find });
  if (sought.constant === '') throw new ConfigurationError([{ path: paths.find, message: 'must not be empty' }]);
  const replacement = fieldValue(by, { ...place, path: paths.with });
  return (context, fields) => {
    const text = sought.render(context);
    const values = fields.all(field);
    if (text === '' || !values.some((value) => value.includes(text))) return;
    const put = replacement.render(context);
    fields.delete(field);
    for (const value of values) fields.append(field, value.split(text).join(put));
  };
}
