#!/bin/sh
# A batch in eight shards as a Slurm job array:
#
#   sbatch internal/batch/deploy/slurm.sh data out
#   sbatch --dependency=afterany:JOBID --wrap 'yusuan batch --merge out -o out'
#
# For another number change --array and shards. A few shards again: sbatch --array=3,5 internal/batch/deploy/slurm.sh data out
#
#SBATCH --job-name=yusuan
#SBATCH --array=1-8
#SBATCH --cpus-per-task=4
#SBATCH --mem=256M
#SBATCH --signal=B:TERM@60
shards=8
exec yusuan batch "$1" -o "$2" --jobs "${SLURM_CPUS_PER_TASK:-1}" --shard "$SLURM_ARRAY_TASK_ID/$shards"
