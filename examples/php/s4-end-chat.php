<?php

// A ticketing system ends a guest's chat.

declare(strict_types=1);

use function Beckon\Examples\{api, env, tellRefusal, token};

require __DIR__ . '/beckon.php';

$chat = '/api/v2/conversations/webmessaging/instances/' . env('CONVERSATION_ID');

$problem = tellRefusal(api(token('conversations:write'))->delete($chat));

$api = api(token($problem['requiredScope']));
echo $api->delete($chat)->getStatusCode(), "\n";
// Ending what has ended changes nothing, so a job may simply be run again.
echo $api->delete($chat)->getStatusCode(), "\n";
