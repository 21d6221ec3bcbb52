<?php

// A cloud function greets a known visitor by this morning's session id, and another by a fresh one.

declare(strict_types=1);

use GuzzleHttp\Client;
use Psr\Http\Message\ResponseInterface;

use function Beckon\Examples\{api, body, env, tellRefusal, tellSent, token};

require __DIR__ . '/beckon.php';

function greet(Client $api, string $webChatSessionId): ResponseInterface
{
    return $api->post('/api/v2/conversations/messaging/external/guests/sendmessage', [
        'json' => ['webChatSessionId' => $webChatSessionId, 'text' => 'Welcome back!'],
    ]);
}

$sessionId = env('SESSION_ID');
$desk = api(token('webchat:session:write conversations:read'));

$known = $desk->get("/api/v2/conversations/messaging/sessions/$sessionId");
echo $known->getStatusCode(), ' ', body($known)['state'], ' ', body($known)['endedReason'] ?? '', "\n";

$problem = tellRefusal(greet($desk, $sessionId));

$sender = api(token($problem['requiredScope']));
tellSent(greet($sender, $sessionId));

$guest = ['name' => env('GUEST_NAME'), 'email' => env('GUEST_EMAIL')];
$fresh = $desk->post('/api/v2/conversations/webchat/sessions', ['json' => ['guest' => $guest]]);
echo $fresh->getStatusCode(), ' ', body($fresh)['state'], "\n";
tellSent(greet($sender, body($fresh)['webChatSessionId']));
