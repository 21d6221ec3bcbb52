<?php

declare(strict_types=1);

namespace Beckon\Examples;

use GuzzleHttp\Client;
use Psr\Http\Message\ResponseInterface;
use RuntimeException;

// `composer install` leaves vendor/ here; Debian's php-guzzlehttp-guzzle is on PHP's own include path.
require is_file(__DIR__ . '/vendor/autoload.php') ? __DIR__ . '/vendor/autoload.php' : 'GuzzleHttp/autoload.php';

/** Calls the OAuth endpoints as the client itself. Refusals are answers here, not exceptions. */
function oauth(): Client
{
    return new Client([
        'base_uri' => env('BECKON_URL'),
        'auth' => [env('BECKON_CLIENT_ID'), env('BECKON_CLIENT_SECRET')],
        'http_errors' => false,
        'timeout' => 30,
    ]);
}

/** An access token that may do what $scope says and nothing else. */
function token(string $scope): string
{
    $response = oauth()->post('/oauth/token', ['form_params' => ['grant_type' => 'client_credentials', 'scope' => $scope]]);
    return body($response)['access_token'] ?? throw new RuntimeException('no token: ' . $response->getBody());
}

function api(string $token): Client
{
    return new Client([
        'base_uri' => env('BECKON_URL'),
        'headers' => ['Authorization' => 'Bearer ' . $token],
        'http_errors' => false,
        'timeout' => 30,
    ]);
}

function env(string $name): string
{
    return getenv($name) ?: throw new RuntimeException("$name is not set");
}

function body(ResponseInterface $response): array
{
    return json_decode((string) $response->getBody(), true, 512, JSON_THROW_ON_ERROR);
}

/** What was done about the message, and how it travels. */
function tellSent(ResponseInterface $response): array
{
    if ($response->getStatusCode() !== 202) {
        throw new RuntimeException($response->getStatusCode() . ' ' . $response->getBody());
    }
    $sent = body($response);
    echo "202 {$sent['did']}, {$sent['status']}\n";
    foreach ($sent['deliveries'] as $delivery) {
        echo "  {$delivery['route']}: {$delivery['status']}\n";
    }
    return $sent;
}

/** Why not, and what would work instead. */
function tellRefusal(ResponseInterface $response): array
{
    if ($response->getStatusCode() < 400) {
        throw new RuntimeException('a refusal was expected, not ' . $response->getStatusCode());
    }
    $problem = body($response);
    echo "{$response->getStatusCode()} {$problem['code']}\n";
    if (isset($problem['requiredScope'])) {
        echo "  needs {$problem['requiredScope']}\n";
    }
    if (isset($problem['actions'][0])) {
        echo "  try {$problem['actions'][0]['method']} {$problem['actions'][0]['href']}\n";
    }
    return $problem;
}
