<?php

// A scheduled job writes to somebody whose chat is open and whose tab is closed.

declare(strict_types=1);

use GuzzleHttp\Client;
use Psr\Http\Message\ResponseInterface;

use function Beckon\Examples\{api, body, env, oauth, tellRefusal, tellSent, token};

require __DIR__ . '/beckon.php';

function byContact(Client $api): ResponseInterface
{
    return $api->post('/api/v2/conversations/messaging/contacts/' . env('CONTACT_ID') . '/messages', [
        'json' => ['from' => ['id' => env('SENDER_ID')], 'text' => 'It will be there before noon.'],
    ]);
}

$token = token('webchat:write conversations:read');
$api = api($token);

$checked = oauth()->post('/oauth/introspect', ['form_params' => ['token' => $token]]);
echo $checked->getStatusCode(), ' ', body($checked)['scope'], "\n";

$before = $api->get('/api/v2/conversations/messaging/' . env('CONVERSATION_ID'));
$conversation = body($before);
echo "{$before->getStatusCode()} {$conversation['status']}, {$conversation['presence']['connections']} tabs\n";

tellSent($api->post('/api/v2/conversations/webchat/messages', [
    'json' => [
        'webchatSessionId' => env('SESSION_ID'),
        'contactId' => env('CONTACT_ID'),
        'from' => ['id' => env('SENDER_ID')],
        'text' => 'Your parcel is on its way.',
    ],
]));

$problem = tellRefusal(byContact($api));
tellSent(byContact(api(token($problem['requiredScope']))));
