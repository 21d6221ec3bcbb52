<?php

// An extension of the agents' desktop adds a word to a chat that is closed.

declare(strict_types=1);

use function Beckon\Examples\{api, body, env, tellRefusal, tellSent, token};

require __DIR__ . '/beckon.php';

$conversationId = env('CONVERSATION_ID');
$messages = '/api/v2/conversations/messaging/messages';
$conversation = "/api/v2/conversations/messaging/conversations/$conversationId";
$notice = [
    'from' => ['name' => env('AGENT_NAME'), 'id' => env('AGENT_ID')],
    'text' => 'Your replacement has been posted.',
    'conversationId' => $conversationId,
];
$api = api(token('conversations:write webmessaging:write'));

tellSent($api->post($messages, ['json' => $notice]));

$closed = $api->patch($conversation, ['json' => ['status' => 'closed']]);
echo $closed->getStatusCode(), ' ', body($closed)['status'], "\n";

// A business that never wants a closed chat disturbed is told which call would open it.
$problem = tellRefusal($api->post($messages, ['json' => $notice + ['policy' => ['whenClosed' => 'reject']]]));
$action = $problem['actions'][0];
$reopened = $api->request($action['method'], $action['href'], ['json' => $action['body']]);
echo $reopened->getStatusCode(), ' ', body($reopened)['status'], "\n";

// Two other ways to the same end; on an open conversation neither changes anything.
$stillOpen = $api->patch($conversation, ['json' => ['status' => 'open']]);
echo $stillOpen->getStatusCode(), ' ', body($stillOpen)['status'], "\n";
$guest = $api->post("/api/v2/conversations/$conversationId/participants", ['json' => new stdClass()]);
echo $guest->getStatusCode(), ' ', body($guest)['purpose'], "\n";
