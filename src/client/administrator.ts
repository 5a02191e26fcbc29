// Who acts through the plain port, and bears the administrator's token.
import type { UserInfo } from './transport';

export const ADMINISTRATOR: UserInfo = Object.freeze({
  username: 'admin',
  uid: 'admin',
  groups: Object.freeze(['system:masters', 'system:authenticated']),
});
