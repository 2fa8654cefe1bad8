import type { AnyRoute } from '../../../platform/http/route.ts';
import { accountApi } from './account-api.ts';
import { accountRoutes } from './account-routes.ts';
import { apiRoutes } from './api.ts';
import { deviceRoutes } from './device-routes.ts';
import type { IdentityHttp } from './deps.ts';
import { mailboxRoutes } from './mailbox-routes.ts';
import { recoveryRoutes } from './recovery-routes.ts';
import { securityApi } from './security-api.ts';
import { securityRoutes } from './security-routes.ts';
import { passkeyApi } from './passkey-api.ts';
import { registerRoutes } from './register-routes.ts';
import { sharedDeviceRoutes } from './shared-device-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { mandateApi } from './mandate-api.ts';
import { organisationApi } from './organisation-api.ts';
import { organisationRoutes } from './organisation-routes.ts';
import { staffRoutes } from './staff-routes.ts';
import { vertretungRoutes } from './vertretung-routes.ts';

/** Every route of this module. */
export function identityRoutes(deps: IdentityHttp): AnyRoute[] {
  return [
    ...signInRoutes(deps),
    ...registerRoutes(deps),
    ...accountRoutes(deps),
    ...accountApi(deps),
    ...staffRoutes(deps),
    ...mailboxRoutes(deps),
    ...apiRoutes(deps),
    ...passkeyApi(deps),
    ...securityRoutes(deps),
    ...recoveryRoutes(deps),
    ...securityApi(deps),
    ...vertretungRoutes(deps),
    ...mandateApi(deps),
    ...organisationRoutes(deps),
    ...organisationApi(deps),
    ...deviceRoutes(deps),
    ...sharedDeviceRoutes(deps),
  ];
}
