// The projen component: adds everything that a declaration says to a project.
import { existsSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { Component, type Project, ProjenrcFile } from 'projen';
import type { PlatformDeclaration } from '../../declaration/platform';
import type { ServiceDeclaration } from '../../declaration/service';
import { isError } from '../../diagnostics';
import type { ServicePlan } from '../../plan/types';
import type { GeneratedFile } from '../../render/shared/generated-file';
import { diagnosticsText } from '../cli/print-diagnostics';
import { evaluateLoaded } from '../declared/evaluate';
import { type LoadedDeclaration, loadYaml } from '../declared/load';
import { addCommandTasks, addGeneratedFile } from './add-generated-file';
import { collect } from './collected';
import { repositoryFolder } from './repository-folder';

export interface GroundworkOptions {
  /**
   * The declaration itself.
   *
   * @default - read from the file that `declaration` names
   */
  readonly service?: ServiceDeclaration;
  /**
   * YAML file of the declaration, from the project's folder.
   *
   * @default "service.yaml"
   */
  readonly declaration?: string;
  /**
   * The platform's declaration.
   *
   * @default - read from the file that `platformFile` names
   */
  readonly platform?: PlatformDeclaration;
  /**
   * YAML file of the platform's declaration, from the project's folder.
   *
   * @default - platform.yaml, where there is one; else documented defaults
   */
  readonly platformFile?: string;
}

const commands = {
  check: 'Tells everything that is wrong with the declaration',
  diff: 'Shows what generating would change',
  plan: 'Prints every number and name that is decided, by whom and why',
};

const typed = (value: unknown, shown: string): LoadedDeclaration => ({ value, shown, placeOf: null, diagnostics: [] });

/** Adds the files of one service to a project: its own of the service, or the one at the root of a monorepo. */
export class Groundwork extends Component {
  /** Every number and name that was decided. */
  public readonly plan: ServicePlan;

  constructor(project: Project, options: GroundworkOptions = {}) {
    super(project);
    const projenrc = ProjenrcFile.of(project)?.filePath ?? '.projenrc.ts';
    const folder = repositoryFolder(project.outdir);
    const service = serviceOf(options, folder, projenrc);
    const platform = platformOf(options, folder, projenrc);
    const isCollected = collect({ service: service.value, platform: platform?.value ?? null, name: service.shown });
    const { plan, files, diagnostics } = evaluateLoaded(service, platform, folder, service.shown);
    // The command that collects prints the diagnostics itself.
    const text = isCollected ? '' : diagnosticsText(diagnostics, service.shown, true);
    if (plan === null || diagnostics.some(isError)) throw new Error(`The declaration is refused.\n\n${text}`);
    if (text !== '') project.logger.warn(text.trimEnd());
    this.plan = plan;
    const prefix = folderIn(project, plan.build.folder);
    for (const file of files) addFile(project, prefix, file);
    addCommandTasks(project, commands);
  }
}

function serviceOf({ service, declaration }: GroundworkOptions, folder: string, projenrc: string): LoadedDeclaration {
  if (service !== undefined && declaration !== undefined) {
    throw new Error('Give either `service` or `declaration`: a service is declared in one place.');
  }
  if (service !== undefined) return typed(service, projenrc);
  const name = declaration ?? 'service.yaml';
  const file = join(folder, name);
  if (!existsSync(file)) {
    throw new Error(`${name}: there is no such file. Write it with \`npx groundwork init\`, or give \`service\`.`);
  }
  return loadYaml(file, name);
}

function platformOf(options: GroundworkOptions, folder: string, projenrc: string): LoadedDeclaration | null {
  const { platform, platformFile } = options;
  if (platform !== undefined && platformFile !== undefined)
    throw new Error('Give either `platform` or `platformFile`.');
  if (platform !== undefined) return typed(platform, `${projenrc} platform`);
  if (platformFile !== undefined) return loadYaml(join(folder, platformFile), platformFile);
  const beside = posix.join(
    dirname(options.declaration ?? 'service.yaml')
      .split(sep)
      .join('/'),
    'platform.yaml',
  );
  return existsSync(join(folder, beside)) ? loadYaml(join(folder, beside), beside) : null;
}

/** Where the service's files go in this project: nowhere deeper in a project of its own, its workspace in that of the root. */
function folderIn(project: Project, workspace: string): string {
  const own = relative(project.root.outdir, project.outdir).split(sep).join('/');
  if (own === workspace || (own === '' && workspace === '.')) return '';
  if (own === '') return workspace;
  throw new Error(`runtime.workspace is ${workspace}, but the project is in ${own}: they must be the same.`);
}

function addFile(project: Project, prefix: string, file: GeneratedFile): void {
  const owner = file.at === 'repository' ? project.root : project;
  addGeneratedFile(owner, file.at === 'repository' ? file.path : posix.join(prefix, file.path), file);
}
