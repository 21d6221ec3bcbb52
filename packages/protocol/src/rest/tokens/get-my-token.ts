import { MyToken } from '../../shapes/oauth.ts'
import { defineOperation } from '../operation.ts'
import { id, time } from '../sample.ts'

const organization = { id: 'chat.example', name: 'Beckon at chat.example' }
const tokenInfo = {
  organization, homeOrganization: organization, authorizedScope: ['messaging:contact:write'],
  OAuthClient: { id: id.client, name: 'CRM', scope: ['messaging:contact:write'], authorizedGrantType: 'CLIENT-CREDENTIALS', state: 'active', organization },
} as const

/** Any valid token may ask about itself. */
export const getMyToken = defineOperation({
  operationId: 'get-my-token',
  method: 'GET',
  path: '/api/v2/tokens/me',
  summary: 'See what this token may do',
  tags: ['Tokens'],
  auth: 'bearer',
  scopes: [],
  responses: { 200: MyToken },
  idempotent: false,
  examples: [
    {
      summary: 'The token of a CRM',
      status: 200,
      answer: { kind: 'client', id: id.client, name: 'CRM', scopes: ['messaging:contact:write'], issuedAt: time.first, expiresAt: time.closed, ...tokenInfo },
    },
  ],
})
