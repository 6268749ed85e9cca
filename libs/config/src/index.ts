export type { ConfigClass, DeepPartial } from './config-class.js';
export { ConfigurationError, isConfigurationError, type ConfigurationFault } from './configuration-error.js';
export { describeConfig, type SettingDescription } from './describe-config.js';
export { loadConfig, type LoadConfigOptions } from './load-config.js';
export { renderConfigMarkdown } from './render-config-markdown.js';
export { Section, SectionMap, type SectionMapOptions, type SectionOptions } from './section.decorator.js';
export { Setting, type SettingOptions, type SettingType } from './setting.decorator.js';
