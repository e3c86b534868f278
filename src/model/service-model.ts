// The model of a service: its settings in each environment, linked to the platform's facts.
import type { ServiceDeclaration } from '../declaration/service';
import type { EnvironmentFacts, PlatformFacts } from './platform-facts';
import type { ServiceSettings } from './settings';

export interface EnvironmentModel {
  readonly facts: EnvironmentFacts;
  readonly settings: ServiceSettings;
  /** The merged declaration: tells whether a value was declared or is a default. */
  readonly declared: ServiceDeclaration;
}

export interface ServiceModel {
  /** Path of the declaration as shown in files, for example `service.yaml`. */
  readonly declaration: string;
  readonly platform: PlatformFacts;
  readonly settings: ServiceSettings;
  readonly declared: ServiceDeclaration;
  readonly environments: readonly EnvironmentModel[];
}
