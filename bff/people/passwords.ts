import { ProblemError } from '#contract/problem.ts';
import { nameKey } from './accounts.ts';

/** Passwords of twelve characters and more that everybody tries first; matched without case and without what is around them. */
const common = new Set(
  `password1234 password12345 password123456 passwordpassword administrator administrator1 adminadminadmin
  123456789012 1234567890123 12345678901234 123456789012345 1234567890123456 012345678901 987654321098 123123123123 112233445566 111222333444
  qwertyuiop12 qwertyuiop123 qwertyuiopas qwertyuiopasdfgh qwertyuiopasdfghjkl 1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5y6 zaq12wsxcde3 zxcvbnmasdfghjkl asdfghjkl123
  abcdefghijkl abcdefghijklm abcd1234abcd abc123abc123 letmeinletmein letmein123456 welcome12345 welcome123456 iloveyou1234 iloveyouforever
  changeme1234 changemechangeme changemeplease trustno1trustno1 correcthorsebatterystaple kubernetes123 kubernetesadmin brokkrbrokkr brokkr123456 brokkrconsole
  superman1234 football1234 baseball1234 dragon123456 monkey123456 princess1234 sunshine1234 shadow123456 master123456 michael12345 charlie12345
  secretsecret secret123456 default12345 testtesttest test12345678 testing12345 temporary123 p@ssw0rd1234 p@ssword1234 passw0rd1234 pa55word1234 rootrootroot`.split(
    /\s+/,
  ),
);

/** @throws `invalid_request` on the password field */
export function assertPassword(password: string, name: string): void {
  const plain = password.toLowerCase().replace(/[^\p{L}\p{N}@$]+$/u, '');
  const isCommon =
    common.has(plain) ||
    common.has(password.toLowerCase()) ||
    /^(.{1,4})\1+$/u.test(plain) ||
    nameKey(password).startsWith(nameKey(name).repeat(2));
  if (!isCommon) return;
  const message = 'is among the first that anybody would try';
  throw new ProblemError('invalid_request', 'Choose another password', { errors: [{ path: 'password', code: 'common', message }] });
}
