// The package: `generate` for programs, the projen project and component for repositories, and the types of both.
export type { PlatformDeclaration } from './declaration/platform';
export type { ServiceDeclaration } from './declaration/service';
export type { Diagnostic, Place, Severity } from './diagnostics';
export { type GenerateInput, generate, type Outcome } from './generate';
export {
  generatePlatform,
  type PlatformDiagnostic,
  type PlatformInput,
  type PlatformOutcome,
  type ServiceInput,
} from './generate-platform';
export type { ServicePlan } from './plan/types';
export type { PlatformPlan } from './plan/types/platform';
export type { GeneratedFile } from './render/shared/generated-file';
export { type Evaluated, evaluate as evaluateFile } from './write/declared/evaluate';
export { Groundwork, type GroundworkOptions } from './write/projen/groundwork';
export {
  GroundworkPlatform,
  type GroundworkPlatformOptions,
  type InlineService,
} from './write/projen/groundwork-platform';
export { PlatformProject } from './write/projen/platform-project';
export type { PlatformProjectOptions } from './write/projen/platform-project-options';
export { ServiceProject } from './write/projen/service-project';
export type { ServiceProjectOptions } from './write/projen/service-project-options';
