package blob

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"

	"github.com/minio/minio-go/v7"
)

// ErrMissing means that the store has no such object.
var ErrMissing = errors.New("the store has no such object")

// errExists means that the store has such an object already.
var errExists = errors.New("the store has such an object already")

// ErrAway means that the store can't be reached, or doesn't answer in time: what
// failed may work later.
var ErrAway = errors.New("the store is away")

// advice is what to do about the codes of errors that stores send.
var advice = map[string]string{
	"NoSuchBucket":                   "the store has no bucket of this name: make it, or correct the address",
	"AccessDenied":                   "the keys may not do this: let them list, read, write and delete below this place",
	"AllAccessDisabled":              "the bucket has been closed by its owner or the provider",
	"InvalidAccessKeyId":             "the store doesn't know the access key: correct AWS_ACCESS_KEY_ID, or the file of s3.credentials_file",
	"SignatureDoesNotMatch":          "the secret key is wrong: correct AWS_SECRET_ACCESS_KEY, or the file of s3.credentials_file",
	"XAdminUserNotFound":             "the store doesn't know the access key: correct AWS_ACCESS_KEY_ID, or the file of s3.credentials_file", // VersityGW
	"InvalidTokenId":                 "the session token is wrong: renew the keys",
	"ExpiredToken":                   "the keys have expired: renew them",
	"RequestTimeTooSkewed":           "the clocks of this machine and of the store differ by more than 15 minutes: set this machine's, best by NTP",
	"AuthorizationHeaderMalformed":   "the region is another: correct s3.region",
	"PermanentRedirect":              "the bucket is at another endpoint: correct s3.endpoint and s3.region",
	"InvalidRegion":                  "the region is another: correct s3.region",
	"QuotaExceeded":                  "the bucket is full: make room in it, or raise its quota",
	"XMinioAdminBucketQuotaExceeded": "the bucket is full: make room in it, or raise its quota",
	"XMinioStorageFull":              "the store's disk is full: make room there",
	"InsufficientStorage":            "the store's disk is full: make room there",
	"InvalidBucketName":              "that is no name of a bucket: correct the address",
	"EntityTooLarge":                 "the store takes no object of this size",
}

// passing are codes of errors that go by.
var passing = map[string]bool{"SlowDown": true, "ServiceUnavailable": true, "InternalError": true, "RequestTimeout": true, "Busy": true, "Throttling": true}

// explain makes an error say what was being done, to what, and what to do.
func (b *Bucket) explain(doing, name string, err error) error {
	if err == nil {
		return nil
	}
	what := fmt.Sprintf("%s %s/%s", doing, b, name)
	answer := minio.ToErrorResponse(err)
	switch {
	case answer.Code == "NoSuchKey" || answer.Code == "NotFound":
		return fmt.Errorf("%s: %w", what, ErrMissing)
	case answer.Code == "PreconditionFailed" || answer.StatusCode == http.StatusPreconditionFailed:
		return fmt.Errorf("%s: %w", what, errExists)
	case advice[answer.Code] != "":
		return fmt.Errorf("%s: %s (%s)", what, advice[answer.Code], answer.Code)
	case answer.StatusCode == http.StatusForbidden: // an answer to HEAD has no code
		return fmt.Errorf("%s: %s", what, advice["AccessDenied"])
	case answer.StatusCode == http.StatusInsufficientStorage:
		return fmt.Errorf("%s: %s", what, advice["InsufficientStorage"])
	case passing[answer.Code] || answer.StatusCode >= 500:
		return fmt.Errorf("%s: %w: it answered %s; it is tried again with the next reading", what, ErrAway, strings.TrimSpace(answer.Code+" "+answer.Message))
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("%s: %w", what, err)
	}
	if why := b.unreachable(err); why != "" {
		return fmt.Errorf("%s: %w: %s", what, ErrAway, why)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// unreachable says in words why no answer came; empty where one did.
func (b *Bucket) unreachable(err error) string {
	at := b.config.Endpoint
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var cert *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &unknown):
		return "its certificate is signed by an authority that this machine doesn't know: name the authority's PEM file by s3.ca_file"
	case errors.As(err, &name), errors.As(err, &cert):
		return fmt.Sprintf("its certificate is not valid for %s: %v", at, err)
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return fmt.Sprintf("%s doesn't speak TLS: write http:// in s3.endpoint, or the right port", at)
	case errors.As(err, &dns):
		return fmt.Sprintf("the name in %s can't be resolved: correct s3.endpoint, or see that the network is there", at)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Sprintf("nothing listens at %s: see that the store runs, or correct s3.endpoint", at)
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("%s doesn't answer in time: see that it is well and the network is not cut", at)
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.As(err, new(*net.OpError)):
		return fmt.Sprintf("the connection to %s broke: %v", at, err)
	}
	return ""
}
