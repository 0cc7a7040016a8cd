"""The words of the domain: records, the ports to the outside, and their answers. Imports nothing of ours."""
