"""Where the command begins, also as ``python -m plainleaf``, where no script is on the path."""

import signal


def main(called: str = "plainleaf") -> int:
    """Run the command; gives the exit code. Until it is there to say so, Ctrl-C ends it without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from plainleaf.cli.main import main as command

    return command(called=called)


if __name__ == "__main__":  # the workers import this file too
    raise SystemExit(main(called="python -m plainleaf"))
