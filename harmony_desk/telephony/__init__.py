"""What telephone systems tell: calls, queues, file names. All of them give the same `CallEvent`."""
