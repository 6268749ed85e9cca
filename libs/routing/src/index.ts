export type { Capture } from './captures.js';
export { CompiledRoute } from './compiled-route.js';
export { duplicateRoutes } from './duplicate-routes.js';
export { parsePathTemplate, type PathTemplate, type TemplateSegment } from './path-template.js';
export { requestPath } from './request-path.js';
export type { RouteConditions, RouteRequest } from './route-conditions.js';
export { RouteTable, type RouteFinding, type RouteVerdict } from './route-table.js';
export { RouteTarget, type RouteTargetOptions } from './route-target.js';
export { placeholderNames } from './text-template.js';
