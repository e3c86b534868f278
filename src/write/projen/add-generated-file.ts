// Adds one generated file to a projen project, as an object where projen can change it as one.
import type { Project } from 'projen';
import type { GeneratedFile } from '../../render/shared/generated-file';
import { GeneratedObjectFile } from './generated-object-file';
import { GeneratedTextFile } from './generated-text-file';

export function addGeneratedFile(project: Project, path: string, file: GeneratedFile): void {
  // Collapsed in reviews on GitHub, and left out of its statistics.
  project.gitattributes.addAttributes(`/${path}`, 'linguist-generated');
  if (GeneratedObjectFile.fits(file)) new GeneratedObjectFile(project, path, file);
  else new GeneratedTextFile(project, path, file);
}

/** The command's tasks, each once. */
export function addCommandTasks(project: Project, commands: Readonly<Record<string, string>>): void {
  for (const [name, description] of Object.entries(commands)) {
    if (project.tasks.tryFind(`groundwork:${name}`) !== undefined) continue;
    project.addTask(`groundwork:${name}`, { description, exec: `npx groundwork ${name}`, receiveArgs: true });
  }
}
