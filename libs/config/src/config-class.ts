import type { SettingType } from './setting.decorator.js';

/** A class whose property initialisers are the defaults of a configuration. */
export type ConfigClass<T extends object = object> = new () => T;

/** What a choice's options are: a configuration class, or a value as a setting has it. */
export type ChoiceType = ConfigClass | SettingType;

/**
 * The value of a `@Choices` property. `Choice<{ 'set-header': SetHeader; remove: string[] }>` tells the options by the name;
 * without the parameter they are unknown.
 */
export type Choice<Options extends object = Record<string, unknown>> = {
  [Name in keyof Options & string]: { readonly name: Name; readonly options: Options[Name] };
}[keyof Options & string];

/** `T` with every property optional at every depth; lists are replaced whole. */
export type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> | undefined } : T;
