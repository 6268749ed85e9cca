import { answerJobs } from '../machine/job-channel.mjs';
import { gate, measure, time, warmUp } from './jobs.mjs';

answerJobs({ gate, measure, time, warmUp });
