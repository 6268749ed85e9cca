export { assertWithinBudget, weigh, type FieldWeight, type Weight } from './budget.js';
export { Nullable } from './nullable.js';
export { defineViewModel, ViewModel, type ViewModelOptions, type ViewOf } from './view-model.js';
