// Which variables become plain values, which secrets, and which wait for a person.
import { describe, expect, it } from 'vitest';
import { drafted } from './drafted';
import { json } from './projects';

describe('variables', () => {
  const variables = (code: string, example = '') => {
    const { declaration, text } = drafted({
      'package.json': json({ name: 'a' }),
      'src/index.ts': code,
      '.env.example': example,
    });
    return { config: declaration.config, secrets: declaration.secrets, text };
  };

  it.each<[string, string, unknown, unknown]>([
    ['process.env.LOG_LEVEL ?? "info"', '', { LOG_LEVEL: 'info' }, undefined],
    ['process.env.LOG_LEVEL ?? "info"', 'LOG_LEVEL=debug', { LOG_LEVEL: 'debug' }, undefined],
    [
      'process.env.ROWS; process.env.ON; process.env.ID',
      "ROWS=10\nON=true\nID='007'",
      { ID: '007', ON: true, ROWS: 10 },
      undefined,
    ],
    ['process.env.JWT_SECRET ?? "dev"', '', undefined, ['JWT_SECRET']],
    [
      'process.env.FCM_SERVER_KEY; process.env.VAPID_PUBLIC_KEY',
      'FCM_SERVER_KEY=x\nVAPID_PUBLIC_KEY=y',
      { VAPID_PUBLIC_KEY: 'y' },
      ['FCM_SERVER_KEY'],
    ],
    ['process.env.BACKEND', 'BACKEND=https://user:pass@example.com', undefined, ['BACKEND']],
    ['process.env.TWILIO_AUTH_TOKEN_FILE', '', undefined, ['TWILIO_AUTH_TOKEN']],
    ['process.env.TOKEN_TTL ?? 60', '', { TOKEN_TTL: 60 }, undefined],
    [
      'process.env.NODE_ENV; process.env.PORT; process.env.HOME; process.env.A = "1"; process.env.A',
      '',
      undefined,
      undefined,
    ],
  ])('%s with %j', (code, example, config, secrets) => {
    const found = variables(code, example);
    expect(found.config).toEqual(config);
    expect(found.secrets).toEqual(secrets);
  });

  it('asks for the values that nothing proposes, even when there is no other', () => {
    expect(variables('process.env.UPLOAD_PATH').text).toContain(
      '\n# config:\n#   UPLOAD_PATH: # read at src/index.ts:1; give it a value, or move it to secrets\n',
    );
  });

  it('says which names cannot be declared', () => {
    expect(variables('process.env.lower').text).toContain('# - lower, read at src/index.ts:1, cannot be declared');
  });

  it('takes the example for a framework that reads by its own rules', () => {
    const { declaration } = drafted({
      'package.json': json({ name: 'a', dependencies: { '@nestjs/config': '4' } }),
      '.env.example': 'LOG_LEVEL=info\nAPI_TOKEN=x\n',
    });
    expect(declaration.config).toEqual({ LOG_LEVEL: 'info' });
    expect(declaration.secrets).toEqual(['API_TOKEN']);
  });
});
