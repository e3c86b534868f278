// The projen component of a platform: adds everything of all its services to the project at the root of the repository.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Component, type Project, ProjenrcFile } from 'projen';
import type { PlatformDeclaration } from '../../declaration/platform';
import type { ServiceDeclaration } from '../../declaration/service';
import { isError } from '../../diagnostics';
import { byPath } from '../../generate-platform';
import type { ServicePlan } from '../../plan/types';
import type { PlatformPlan } from '../../plan/types/platform';
import { diagnosticsText } from '../cli/print-diagnostics';
import { evaluateLoadedPlatform, type LoadedService, loadServices } from '../declared/evaluate-platform';
import { type LoadedDeclaration, loadYaml } from '../declared/load';
import { addCommandTasks, addGeneratedFile } from './add-generated-file';
import { collect } from './collected';
import { repositoryFolder } from './repository-folder';

/** A service that is declared in .projenrc.ts. */
export interface InlineService {
  /** Its folder, from the root of the repository: `backend/services/auth-service`. */
  readonly folder: string;
  /** The declaration; `runtime.workspace` is the folder. */
  readonly service: ServiceDeclaration;
}

export interface GroundworkPlatformOptions {
  /**
   * The platform's declaration itself.
   *
   * @default - read from the file that `declaration` names
   */
  readonly platform?: PlatformDeclaration;
  /**
   * YAML file of the platform's declaration, from the project's folder.
   *
   * @default "platform.yaml"
   */
  readonly declaration?: string;
  /**
   * Services that are declared here, beside those that the platform's declaration names.
   *
   * @default - none
   */
  readonly services?: InlineService[];
}

const commands = {
  check: 'Tells everything that is wrong with the platform and its services',
  diff: 'Shows what generating would change',
  graph: 'Prints who needs whom',
  plan: 'Prints every number and name that the platform decides, by whom and why',
};

const typed = (value: unknown, shown: string): LoadedDeclaration => ({ value, shown, placeOf: null, diagnostics: [] });

/** Adds the files of a platform and of all its services to the project at the root of their repository. */
export class GroundworkPlatform extends Component {
  /** What was decided for all services together. */
  public readonly plan: PlatformPlan;
  /** Every number and name that was decided for each service, by the service's name. */
  public readonly services: Readonly<Record<string, ServicePlan>>;

  constructor(project: Project, options: GroundworkPlatformOptions = {}) {
    super(project);
    if (project.parent !== undefined) {
      throw new Error('A platform belongs to the project at the root of the repository, not to a subproject.');
    }
    const projenrc = ProjenrcFile.of(project)?.filePath ?? '.projenrc.ts';
    const folder = repositoryFolder(project.outdir);
    const platform = platformOf(options, folder, projenrc);
    const inline = (options.services ?? []).map((one) => inlineService(one, projenrc));
    const isCollected = collect({
      platform: platform.value,
      name: platform.shown,
      services: inline.map(({ loaded, declaration, folder: at }) => ({
        value: loaded.value,
        declaration,
        folder: at ?? '',
        published: null,
      })),
    });
    const { services, notFound } = loadServices(platform, folder);
    const all = [...services, ...inline];
    const evaluated = evaluateLoadedPlatform(platform, all, notFound, folder, platform.shown);
    const { plan, files, diagnostics } = evaluated;
    // The command that collects prints the diagnostics itself.
    const text = isCollected ? '' : diagnosticsText(diagnostics, platform.shown, true);
    if (plan === null || diagnostics.some(isError)) throw new Error(`The platform is refused.\n\n${text}`);
    if (text !== '') project.logger.warn(text.trimEnd());
    this.plan = plan;
    this.services = Object.fromEntries(evaluated.services.map((service) => [service.name, service.plan]));
    for (const file of [...files].sort(byPath)) addGeneratedFile(project, file.path, file);
    addCommandTasks(project, commands);
  }
}

function platformOf(options: GroundworkPlatformOptions, folder: string, projenrc: string): LoadedDeclaration {
  const { platform, declaration } = options;
  if (platform !== undefined && declaration !== undefined) {
    throw new Error('Give either `platform` or `declaration`: a platform is declared in one place.');
  }
  if (platform !== undefined) return typed(platform, projenrc);
  const name = declaration ?? 'platform.yaml';
  if (!existsSync(join(folder, name)))
    throw new Error(`${name}: there is no such file. Write it, or give \`platform\`.`);
  return loadYaml(join(folder, name), name);
}

/** Several are in one file: the folder tells which it is. */
function inlineService({ folder, service }: InlineService, projenrc: string): LoadedService {
  const shown = `${projenrc} ${folder}`;
  return { declaration: shown, folder, published: null, loaded: typed(service, shown) };
}
