<?php

// A CRM asks, twenty minutes after the chat was closed, whether there was anything else.

declare(strict_types=1);

use Psr\Http\Message\ResponseInterface;

use function Beckon\Examples\{api, env, tellRefusal, tellSent, token};

require __DIR__ . '/beckon.php';

function followUp(string $scope): ResponseInterface
{
    $conversationId = env('CONVERSATION_ID');
    $participantId = env('PARTICIPANT_ID');
    return api(token($scope))->post(
        "/api/v2/communications/conversations/$conversationId/participants/$participantId/messages",
        [
            'json' => ['messageType' => 'proactive', 'content' => ['text' => 'Did you need anything else?']],
            // The same key is the same message, however often the job runs.
            'headers' => ['Idempotency-Key' => "follow-up-$conversationId"],
        ],
    );
}

$first = tellSent(followUp('admin:conversation:write'));

$problem = tellRefusal(followUp('conversations:read'));

$again = tellSent(followUp($problem['requiredScope']));
if ($again['messageId'] === $first['messageId']) {
    echo "the same message, not a second one\n";
}
