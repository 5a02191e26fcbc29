/** Who acts through the plain port, and bears the administrator's token. */
export const ADMINISTRATOR = Object.freeze({
  username: 'admin',
  uid: 'admin',
  groups: Object.freeze(['system:masters', 'system:authenticated']),
});
