// The shapes in which the catalog states facts; the plan uses them as they are.
export type * from './backing';
export type * from './container';
export type * from './text';
