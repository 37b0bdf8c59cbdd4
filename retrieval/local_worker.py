"""The program of the local model's process; `retrieval.local_server` starts it as a file.

A process of its own: should llama.cpp fail hard, or be killed for its memory, the bot goes on with
quotations. It reads one line of JSON from standard input, answers with the server's address on
standard output, and ends with its standard input, that is with whoever started it, however that
one ends.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    """Serve until standard input ends."""
    wanted = json.loads(sys.stdin.readline())
    import xllamacpp  # noqa: PLC0415 - of the extra `local`

    params = xllamacpp.CommonParams()
    params.model.path = wanted["model"]
    params.n_ctx = wanted["context"]
    params.n_parallel = 1
    params.cpuparams.n_threads = wanted["threads"]
    params.cpuparams_batch.n_threads = wanted["cores"]  # reading suffers little on a busy machine
    for use in (params.cpuparams, params.cpuparams_batch):
        use.poll = 0  # between two steps the cores are free for others
    params.cache_prompt = True  # the instruction, always the same, is read once
    params.cache_ram_mib = wanted["cache"]
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.api_keys = [wanted["key"]]  # other people of this machine are not served
    params.endpoint_slots = False  # would show the texts
    # At a temperature over 0 no word that is far less likely than the likeliest (Nguyen et al.,
    # "Turning Up the Heat: Min-p Sampling", ICLR 2025): what varies then is the wording, and few
    # words are misspelled or of another language.
    params.sampling.min_p = 0.3
    params.ui = False
    params.verbosity = -1
    server = xllamacpp.Server(params)
    sys.stdout.write(json.dumps({"address": server.listening_address}) + "\n")
    sys.stdout.flush()
    while sys.stdin.read(4096):
        pass
    os._exit(0)  # at once: a reply under way has nobody left to hear it


if __name__ == "__main__":
    main()
