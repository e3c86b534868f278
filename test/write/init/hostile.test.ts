// Projects with hostile, empty or broken files.
import { describe, expect, it } from 'vitest';
import { drafted } from './drafted';
import { json } from './projects';

describe('hostile projects', () => {
  it('stay inside comments and quotes', () => {
    const { declaration, text } = drafted({
      'package.json': json({
        name: '../../Evil\nName: x',
        description: 'a: b # c',
        scripts: { start: 'node dist/$(id).js' },
      }),
      'package-lock.json': '',
      '.env.example': 'A_B=on\nC_D=- x: y\nE_F="# z"\n',
      'src/index.ts':
        "process.env.A_B; process.env.C_D; process.env.E_F; process.env.G_H ?? 'line\\nbreak'; app.get('/health\\n# x: y', f); app.listen(3000)",
    });
    expect(declaration.name).toBe('evil-name-x');
    expect(declaration.description).toBe('a: b # c');
    expect(declaration.config).toEqual({ A_B: 'on', C_D: '- x: y', E_F: '# z' });
    expect(text).toContain('"on"');
    expect(Object.keys(declaration)).toEqual(['name', 'owner', 'description', 'runtime', 'http', 'config', 'checks']);
  });

  it('may be empty, or hold what is no JSON', () => {
    expect(drafted({}).declaration).toMatchObject({ name: 'some-folder', owner: 'change-me' });
    expect(drafted({ 'package.json': '[1, 2' }).declaration.name).toBe('some-folder');
    expect(
      drafted({ 'package.json': json({ name: 5, scripts: [], dependencies: 'x', workspaces: { packages: 3 } }) })
        .declaration.name,
    ).toBe('some-folder');
  });

  it('may hold files that do not parse', () => {
    const { text } = drafted({
      'package.json': json({ name: 'a' }),
      'src/a.ts': 'const = ;',
      'src/b.ts': 'app.listen(4000)',
    });
    expect(text).toContain('# - src/a.ts could not be read');
    expect(text).toContain('port: 4000');
  });
});
