// Command web is the demo application: a small HTTP server whose readiness can be delayed, refused or made to crash.
//
//	VERSION      text shown on /                    PORT         port to listen on (8080)
//	READY_AFTER  time until /ready answers 200      NEVER_READY  true: /ready answers 503 for ever
//	CRASH        true: exit 1 shortly after start
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	heartbeatEvery = 5 * time.Second
	crashAfter     = time.Second
	// Endpoints are withdrawn a moment after the pod starts to end: answer until then.
	drain = 3 * time.Second
)

func setting(name, fallback string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fallback
}

func readyDelay() (time.Duration, error) {
	raw := setting("READY_AFTER", "0s")
	if delay, err := time.ParseDuration(raw); err == nil {
		return delay, nil
	}
	return time.ParseDuration(raw + "s")
}

type server struct {
	version, host string
	neverReady    bool
	started       time.Time
	delay         time.Duration
	requests      atomic.Int64
	lastLogged    atomic.Int64
}

func (s *server) ready() bool { return !s.neverReady && time.Since(s.started) >= s.delay }

// One line a second at most, so that a load test doesn't fill the node's disk.
func (s *server) logRequest(r *http.Request) {
	s.requests.Add(1)
	now := time.Now().Unix()
	if last := s.lastLogged.Load(); now > last && s.lastLogged.CompareAndSwap(last, now) {
		slog.Info("request", "method", r.Method, "path", r.URL.Path, "version", s.version, "requests", s.requests.Load())
	}
}

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.logRequest(r)
		w.Header().Set("content-type", "text/plain; charset=utf-8")
		fmt.Fprintf(w, "version=%s host=%s\n", s.version, s.host)
	})
	mux.HandleFunc("/live", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "live") })
	mux.HandleFunc("/ready", func(w http.ResponseWriter, _ *http.Request) {
		if !s.ready() {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
	return mux
}

func (s *server) heartbeat(ctx context.Context) {
	ticker := time.NewTicker(heartbeatEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			slog.Info("heartbeat", "version", s.version, "ready", s.ready(), "requests", s.requests.Load(), "uptime_s", int(time.Since(s.started).Seconds()))
		}
	}
}

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	delay, err := readyDelay()
	if err != nil {
		slog.Error("READY_AFTER is not a duration", "value", os.Getenv("READY_AFTER"))
		os.Exit(2)
	}
	host, _ := os.Hostname()
	s := &server{version: setting("VERSION", "unknown"), host: host, neverReady: setting("NEVER_READY", "") == "true", started: time.Now(), delay: delay}
	slog.Info("starting", "version", s.version, "host", host, "never_ready", s.neverReady, "ready_after_s", delay.Seconds())
	if setting("CRASH", "") == "true" {
		time.Sleep(crashAfter)
		slog.Error("crashing, as CRASH asks")
		os.Exit(1)
	}

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	go s.heartbeat(ctx)
	listener := &http.Server{Addr: ":" + setting("PORT", "8080"), Handler: s.routes(), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		slog.Info("stopping")
		time.Sleep(drain)
		deadline, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = listener.Shutdown(deadline)
	}()
	if err := listener.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		slog.Error("cannot serve", "error", err.Error())
		os.Exit(1)
	}
}
