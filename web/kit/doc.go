// Package kit holds what every handler shares: handlers that return an error, the
// route and its rules, the answer to an error, headers, hosts, body caps, forms,
// redirects within the site, and the log of requests.
//
// It knows HTTP and no page of the product.
package kit
