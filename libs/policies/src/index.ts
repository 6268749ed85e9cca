export { CompiledPipeline } from './compiled-pipeline.js';
export { definePipeline, Pipeline } from './pipeline.js';
